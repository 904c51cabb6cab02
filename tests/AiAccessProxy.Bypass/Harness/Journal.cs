using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace AiAccessProxy.Bypass.Harness;

/// <summary>Keeps what the product logs with an exception, whatever else becomes of its logs.</summary>
[ProviderAlias(nameof(Journal))]
internal sealed class Journal : ILoggerProvider
{
    private readonly ConcurrentQueue<(string Category, string Text, Exception Exception)> _entries = [];

    /// <summary>
    /// Exceptions that nobody expected. What goes wrong between agent, proxy and upstream is told by the forwarder, and is for others to judge.
    /// </summary>
    public IReadOnlyList<string> Unexpected =>
        [.. _entries.Where(entry => !entry.Category.StartsWith("Yarp.", StringComparison.Ordinal)).Select(entry => $"{entry.Category}: {entry.Text}\n{entry.Exception}")];

    public ILogger CreateLogger(string categoryName) => new Pen(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Pen(Journal journal, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (exception is not null) journal._entries.Enqueue((category, formatter(state, exception), exception));
        }
    }
}
