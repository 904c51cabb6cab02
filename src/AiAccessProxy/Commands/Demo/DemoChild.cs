using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;

namespace AiAccessProxy.Commands.Demo;

/// <summary>Another process of this very program. It ends when it is let go, and is ended by its id when it does not.</summary>
internal sealed class DemoChild : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly ConcurrentQueue<string> _errors = new();

    public DemoChild(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        // Started as "dotnet aiaccess.dll", the program has to be named; started as itself, it has not.
        var isHosted = Path.GetFileNameWithoutExtension(Environment.ProcessPath) != "aiaccess";
        var start = new ProcessStartInfo(Environment.ProcessPath!, isHosted ? [Path.Combine(AppContext.BaseDirectory, "aiaccess.dll"), .. arguments] : arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => _errors.Enqueue(line.Data ?? "");
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>What it has written to standard error, for when it failed.</summary>
    public IEnumerable<string> Errors => _errors.Where(line => line.Length > 0);

    public IAsyncEnumerable<string> LinesAsync(CancellationToken cancellationToken) => _lines.Reader.ReadAllAsync(cancellationToken);

    /// <summary>What stands after <paramref name="word"/> on the next line that begins with it; null when the process ended without such a line.</summary>
    public async Task<string?> SaysAsync(string word, CancellationToken cancellationToken)
    {
        await foreach (var line in LinesAsync(cancellationToken))
            if (line.StartsWith(word, StringComparison.Ordinal))
                return line[word.Length..].Trim();
        return null;
    }

    public async Task<int> EndAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Grace);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null) _lines.Writer.TryComplete();
        else _lines.Writer.TryWrite(line);
    }
}
