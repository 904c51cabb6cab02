using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace AiAccessProxy.Telemetry;

/// <summary>
/// A log entry as one line of JSON: <c>time</c>, <c>level</c>, <c>logger</c>, <c>message</c>, what the message is made of as
/// <c>attributes</c>, and <c>trace_id</c> and <c>span_id</c>. Scopes are left out: the server's hold the path as it was sent.
/// </summary>
internal sealed class JsonLines(TimeProvider time) : ConsoleFormatter(FormatName)
{
    public const string FormatName = "json-lines";

    private const string Template = "{OriginalFormat}";

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Writing))
        {
            json.WriteStartObject();
            json.WriteString("time", time.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            json.WriteString("level", LevelOf(logEntry.LogLevel));
            json.WriteString("logger", logEntry.Category);
            json.WriteString("message", logEntry.Formatter(logEntry.State, logEntry.Exception));
            if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } span)
            {
                json.WriteString("trace_id", span.TraceId.ToHexString());
                json.WriteString("span_id", span.SpanId.ToHexString());
            }

            if (logEntry.State is IReadOnlyList<KeyValuePair<string, object?>> parts) WriteAttributes(json, parts);
            if (logEntry.Exception is { } exception) WriteException(json, exception);
            json.WriteEndObject();
        }

        textWriter.WriteLine(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
    }

    private static void WriteAttributes(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, object?>> parts)
    {
        if (!parts.Any(part => part.Key != Template)) return;
        json.WriteStartObject("attributes");
        foreach (var (name, value) in parts.Where(part => part.Key != Template).DistinctBy(part => part.Key))
            json.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    private static void WriteException(Utf8JsonWriter json, Exception exception)
    {
        json.WriteStartObject("exception");
        json.WriteString("type", exception.GetType().FullName);
        json.WriteString("message", exception.Message);
        json.WriteString("stack", exception.ToString());
        json.WriteEndObject();
    }

    private static string LevelOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "error",
        _ => "fatal",
    };
}
