using System.Diagnostics;
using System.Text.Json;
using AiAccessProxy.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiAccessProxy.Tests.Telemetry;

public class JsonLinesTests
{
    [Fact]
    public void An_entry_is_one_line_of_json_with_its_trace_whatever_stands_in_it()
    {
        using var span = new Activity("call").SetIdFormat(ActivityIdFormat.W3C).Start();
        var text = new StringWriter();
        var state = new List<KeyValuePair<string, object?>> { new("Ticket", "t\n\"1\""), new("Count", 7), new("{OriginalFormat}", "held {Ticket} {Count}") };
        new JsonLines(new ManualTime()).Write(
            new LogEntry<IReadOnlyList<KeyValuePair<string, object?>>>(
                LogLevel.Warning, "Room", default, state, new InvalidOperationException("broken\nin two"), (_, _) => "held t\n\"1\" 7"),
            null, text);

        var line = Assert.Single(text.ToString().TrimEnd('\n').Split('\n'));
        var json = JsonDocument.Parse(line).RootElement;
        Assert.Equal(
            ("warn", "Room", "held t\n\"1\" 7", span.TraceId.ToHexString(), span.SpanId.ToHexString()),
            (Text(json, "level"), Text(json, "logger"), Text(json, "message"), Text(json, "trace_id"), Text(json, "span_id")));
        Assert.Equal(("t\n\"1\"", "7"), (Text(json.GetProperty("attributes"), "Ticket"), Text(json.GetProperty("attributes"), "Count")));
        Assert.Equal(("System.InvalidOperationException", "broken\nin two"), (Text(json.GetProperty("exception"), "type"), Text(json.GetProperty("exception"), "message")));
        Assert.False(json.GetProperty("attributes").TryGetProperty("{OriginalFormat}", out _));
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
