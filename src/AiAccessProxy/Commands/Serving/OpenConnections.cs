using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace AiAccessProxy.Commands.Serving;

/// <summary>
/// The connections to both planes, so that a stop can let their calls end while the server still runs. Once the server itself stops it measures no time any
/// more: half of a request's head, or an agent that does not take its answer, would hold it up for ever, or until calls that are being sent are cut off as well.
/// </summary>
internal sealed partial class OpenConnections(ILogger<OpenConnections> log)
{
    private readonly Lock _lock = new();
    private readonly HashSet<ConnectionContext> _open = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isClosing;

    /// <summary>To be put outermost on a listener: a connection is over when whatever came in on it is.</summary>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (!TryAdd(connection))
        {
            connection.Abort(new ConnectionAbortedException("The program stops."));
            return;
        }

        try
        {
            await next(connection);
        }
        finally
        {
            Remove(connection);
        }
    }

    /// <summary>Takes no more. Those that are open end with the call that is under way on them, at once where there is none; returns when all have.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        ConnectionContext[] open;
        lock (_lock)
        {
            _isClosing = true;
            open = [.. _open];
            if (open.Length == 0) return;
        }

        Log.Waits(log, open.Length, SecondSignal.Apart.TotalSeconds);
        foreach (var connection in open) connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
        await _ended.Task.WaitAsync(cancellationToken);
    }

    private bool TryAdd(ConnectionContext connection)
    {
        lock (_lock) return !_isClosing && _open.Add(connection);
    }

    private void Remove(ConnectionContext connection)
    {
        lock (_lock)
        {
            _open.Remove(connection);
            if (_isClosing && _open.Count == 0) _ended.TrySetResult();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Stopping: the calls on {Open} connections end first; a second signal, {Apart} s after the first or later, cuts them off")]
        public static partial void Waits(ILogger log, int open, double apart);
    }
}
