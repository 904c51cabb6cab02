using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Telemetry;

/// <summary>Where logs go in the process's own streams, and how they look.</summary>
internal sealed class LogOutput(IOptions<TelemetryOptions> options) : IConfigureOptions<ConsoleLoggerOptions>
{
    private bool IsJson => options.Value.Logs switch
    {
        LogForm.Json => true,
        LogForm.Text => false,
        _ => Console.IsOutputRedirected,
    };

    public void Configure(ConsoleLoggerOptions options)
    {
        options.FormatterName = IsJson ? JsonLines.FormatName : ConsoleFormatterNames.Simple;
        // In a terminal, standard output is for what a person asked for, and logs go beside it.
        options.LogToStandardErrorThreshold = IsJson ? LogLevel.None : LogLevel.Trace;
        // Who does not read the stream must not be able to hold calls up: what is dropped is counted there in a line of its own.
        options.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite;
    }
}
