using System.Globalization;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>A span of an OTLP trace message. Ids in hex; the parent of a root is empty.</summary>
internal sealed record OtlpSpan(string Trace, string Id, string Parent, string Name)
{
    private static readonly string[] Kinds = ["", "internal", "server", "client", "producer", "consumer"];

    public string Kind { get; private init; } = "";

    public bool IsError { get; private init; }

    /// <summary>Lists as their items with commas between them.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; private init; } = new Dictionary<string, string>();

    public IReadOnlyList<(string Name, IReadOnlyDictionary<string, string> Attributes)> Events { get; private init; } = [];

    public IReadOnlyList<(string Trace, string Id)> Links { get; private init; } = [];

    /// <summary>TracesData.resource_spans 1, ResourceSpans.scope_spans 2, ScopeSpans.spans 2.</summary>
    public static IEnumerable<OtlpSpan> In(byte[] message) =>
        Protobuf.Read(message).Messages(1).SelectMany(resource => resource.Messages(2)).SelectMany(scope => scope.Messages(2)).Select(Of);

    /// <summary>trace_id 1, span_id 2, parent_span_id 4, name 5, kind 6, attributes 9, events 11, links 13, status 15.</summary>
    private static OtlpSpan Of(Protobuf span) => new(span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5))
    {
        Kind = Kinds[span.Number(6)],
        IsError = span.Messages(15).Any(status => status.Number(3) == 2),
        Attributes = AttributesOf(span, 9),
        Events = [.. span.Messages(11).Select(one => (one.Text(2), AttributesOf(one, 3)))],
        Links = [.. span.Messages(13).Select(link => (link.Hex(1), link.Hex(2)))],
    };

    private static Dictionary<string, string> AttributesOf(Protobuf message, int field) =>
        message.Messages(field).ToDictionary(one => one.Text(1), one => Value(one.Messages(2).First()));

    /// <summary>AnyValue: string 1, bool 2, int 3, double 4, array 5.</summary>
    private static string Value(Protobuf any) => any switch
    {
        _ when any.Has(5) => string.Join(',', any.Messages(5).SelectMany(array => array.Messages(1)).Select(Value)),
        _ when any.Has(3) => any.Number(3).ToString(CultureInfo.InvariantCulture),
        _ when any.Has(2) => any.Number(2) == 1 ? "true" : "false",
        _ => any.Text(1),
    };
}
