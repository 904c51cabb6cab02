using System.Text;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>A span of an OTLP trace message; as much of protobuf as reading it takes. Ids in hex; the parent of a root is empty.</summary>
internal sealed record OtlpSpan(string Trace, string Id, string Parent, string Name)
{
    /// <summary>TracesData.resource_spans 1, ResourceSpans.scope_spans 2, ScopeSpans.spans 2; Span: trace_id 1, span_id 2, parent_span_id 4, name 5.</summary>
    public static IEnumerable<OtlpSpan> In(byte[] message) =>
        Fields(message, 1).SelectMany(resource => Fields(resource, 2)).SelectMany(scope => Fields(scope, 2)).Select(span => new OtlpSpan(
            Hex(Fields(span, 1)), Hex(Fields(span, 2)), Hex(Fields(span, 4)), Encoding.UTF8.GetString(Fields(span, 5).FirstOrDefault() ?? [])));

    private static string Hex(IEnumerable<byte[]> field) => Convert.ToHexStringLower(field.FirstOrDefault() ?? []);

    private static List<byte[]> Fields(byte[] message, int wanted)
    {
        var found = new List<byte[]>();
        for (var at = 0; at < message.Length;)
        {
            var key = Varint(message, ref at);
            switch (key & 7)
            {
                case 0: Varint(message, ref at); break;
                case 1: at += 8; break;
                case 5: at += 4; break;
                case 2:
                    var length = (int)Varint(message, ref at);
                    if ((int)(key >> 3) == wanted) found.Add(message[at..(at + length)]);
                    at += length;
                    break;
                default: throw new FormatException($"No protobuf wire type: {key & 7}");
            }
        }

        return found;
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return value;
        }
    }
}
