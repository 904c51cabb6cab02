using AiAccessProxy.Ledger.Embedded;

namespace AiAccessProxy.Tests.Ledger;

/// <summary>Stands before every step that a ledger takes on disk: counts it, fails it, or looks at the folder as a crash would leave it.</summary>
internal sealed class DiskScript
{
    private readonly Lock _lock = new();
    private readonly List<(DiskOperation Operation, string Name)> _steps = [];

    /// <summary>Throws when the step with this number (from 0) is to fail.</summary>
    public Action<int, DiskOperation, string>? Before { get; set; }

    public IReadOnlyList<(DiskOperation Operation, string Name)> Steps
    {
        get
        {
            lock (_lock) return [.. _steps];
        }
    }

    public Disk ToDisk() => new(Stand);

    private void Stand(DiskOperation operation, string path)
    {
        int number;
        lock (_lock)
        {
            number = _steps.Count;
            _steps.Add((operation, Path.GetFileName(path)));
        }

        Before?.Invoke(number, operation, path);
    }
}
