using System.Net.Sockets;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>Reads without pause, each of a target of its own, until it is told to end or nobody answers any more.</summary>
internal sealed class SteadyReads : IDisposable
{
    private const int Callers = 4;
    private const int Most = 5000;

    private readonly CancellationTokenSource _ended = new();
    private readonly List<Read> _reads = [];
    private readonly Task _reading;

    public SteadyReads(Agent agent) => _reading = Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => ReadAsync(agent, caller)));

    /// <summary>Once that many more were answered.</summary>
    public Task ComeAsync(int more)
    {
        var before = Count();
        return Eventually.HoldsAsync(() => Count() >= before + more || _reading.IsCompleted, $"{more} more reads are answered");
    }

    public async Task<IReadOnlyList<Read>> EndAsync()
    {
        await _ended.CancelAsync();
        await _reading;
        lock (_reads) return [.. _reads];
    }

    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
    }

    private async Task ReadAsync(Agent agent, int caller)
    {
        for (var number = 0; number < Most && !_ended.IsCancellationRequested; number++)
        {
            var (target, began, said) = ($"/reads/{caller}-{number}", TimeProvider.System.GetTimestamp(), (string?)null);
            try
            {
                said = (await agent.GetAsync("/refuse" + target)).Said;
            }
            catch (Exception gone) when (gone is HttpRequestException or SocketException)
            {
                // Nobody listens any more.
            }

            lock (_reads) _reads.Add(new(target, began, said));
            if (said is null) return;
        }
    }

    private int Count()
    {
        lock (_reads) return _reads.Count;
    }

    /// <param name="Said">Null: no answer, because nobody listened or the connection ended.</param>
    internal sealed record Read(string Target, long Began, string? Said);
}
