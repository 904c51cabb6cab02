using System.Runtime.InteropServices;

namespace AiAccessProxy.Commands.Serving;

/// <summary>
/// Made when the process was told to stop: whoever tells it again by SIGTERM or Ctrl-C does not want to wait for the calls that are under way.
/// </summary>
internal sealed partial class SecondSignal : IDisposable
{
    /// <summary>
    /// Closer together they are one: <c>timeout</c> signals the process and then its group, and a script passes on the Ctrl-C that the terminal gave
    /// both of them. That must not cost the record of what became of a call.
    /// </summary>
    public static readonly TimeSpan Apart = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _time;
    private readonly long _first;
    private readonly ILogger<SecondSignal> _log;
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _came = new();
    private readonly IReadOnlyList<PosixSignalRegistration> _heard;
    private bool _isOver;

    public SecondSignal(TimeProvider time, ILogger<SecondSignal> log)
    {
        (_time, _first, _log) = (time, time.GetTimestamp(), log);
        _heard = [PosixSignalRegistration.Create(PosixSignal.SIGTERM, Hear), PosixSignalRegistration.Create(PosixSignal.SIGINT, Hear)];
    }

    /// <summary>Is cancelled when it comes.</summary>
    public CancellationToken Token => _came.Token;

    public void Dispose()
    {
        // Does not wait for one that is being heard.
        foreach (var heard in _heard) heard.Dispose();
        lock (_lock)
        {
            _isOver = true;
            _came.Dispose();
        }
    }

    private void Hear(PosixSignalContext signal)
    {
        signal.Cancel = true;
        lock (_lock)
        {
            if (_isOver || _came.IsCancellationRequested || _time.GetElapsedTime(_first) < Apart) return;
            Log.CutOff(_log);
            // What follows is not for the thread that hears signals.
            _ = _came.CancelAsync();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Critical, "Told to stop a second time: calls under way are cut off, and what becomes of them will not be on record")]
        public static partial void CutOff(ILogger logger);
    }
}
