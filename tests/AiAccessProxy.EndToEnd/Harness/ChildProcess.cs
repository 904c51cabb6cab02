using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>A process that a test started: what it said line by line, and its end, by pid.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int SigTerm = 15;
    private const int SigContinue = 18;
    private const int SigStop = 19;

    private readonly Process _process;
    private readonly Lock _lock = new();
    private readonly List<string> _output = [];
    private readonly List<string> _errors = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public string Output => Said(_output);

    public string Errors => Said(_errors);

    public string Standing => _process.HasExited ? $"ended with {_process.ExitCode}" : "runs";

    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <param name="environment">Beyond this process's own; a null value takes a variable away.</param>
    public static ChildProcess Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var inherited in start.Environment.Keys.Where(IsOurs).ToList()) start.Environment.Remove(inherited);
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            if (value is null) start.Environment.Remove(name);
            else start.Environment[name] = value;

        var child = new ChildProcess(new Process { StartInfo = start });
        child._process.OutputDataReceived += (_, line) => child.Hear(child._output, line.Data);
        child._process.ErrorDataReceived += (_, line) => child.Hear(child._errors, line.Data);
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>The first line of standard output that begins so, as soon as it is there.</summary>
    public async Task<string> LineAsync(string beginning)
    {
        using var patience = new CancellationTokenSource(Eventually.Generous, TimeProvider.System);
        while (true)
        {
            Task more;
            lock (_lock)
            {
                if (_output.Find(line => line.StartsWith(beginning, StringComparison.Ordinal)) is { } found) return found;
                more = _more.Task;
            }

            var ended = _process.WaitForExitAsync(patience.Token);
            if (await Task.WhenAny(more, ended) == ended && !more.IsCompleted)
                throw new InvalidOperationException(
                    $"'{beginning}' was never said by {_process.StartInfo.FileName}.\n{Output}\n{Errors}");
        }
    }

    /// <summary>SIGKILL, to this process alone; returns when it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>SIGTERM; the exit code, once it has ended by itself.</summary>
    public Task<int> StopAsync()
    {
        Send(SigTerm);
        return ExitAsync(Eventually.Generous);
    }

    /// <summary>SIGTERM, as often as it is called; false when there is no such process any more.</summary>
    public bool Tell() => !_process.HasExited && Signal(_process.Id, SigTerm) == 0;

    /// <summary>SIGSTOP: its connections stay, and it does nothing.</summary>
    public void Pause() => Send(SigStop);

    public void Continue() => Send(SigContinue);

    public async Task<int> ExitAsync(TimeSpan within)
    {
        using var patience = new CancellationTokenSource(within, TimeProvider.System);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    /// <summary>Settings of the surroundings must not decide what a test sees.</summary>
    private static bool IsOurs(string variable) =>
        variable.StartsWith("AIACCESS_", StringComparison.Ordinal) || variable.StartsWith("OTEL_", StringComparison.Ordinal);

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int pid, int signal);

    private void Send(int signal)
    {
        if (Signal(_process.Id, signal) != 0) throw new InvalidOperationException($"No process {_process.Id} to signal.");
    }

    private void Hear(List<string> lines, string? line)
    {
        if (line is null) return;
        TaskCompletionSource heard;
        lock (_lock)
        {
            lines.Add(line);
            heard = _more;
            _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        heard.SetResult();
    }

    private string Said(List<string> lines)
    {
        lock (_lock) return string.Join('\n', lines);
    }
}
