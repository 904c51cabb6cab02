using Microsoft.Net.Http.Headers;

namespace AiAccessProxy.Actions;

/// <summary>Tells what rules can see in a body, from its bytes and from the fields that tell the upstream how to read it.</summary>
internal static class BodyFactsReader
{
    public static BodyFacts Read(ActionHead head, ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty) return new BodyFacts.Empty();
        if (WhyNoJson(head) is { } why) return new BodyFacts.Unreadable(why);
        return StrictJson.Read(body);
    }

    private static string? WhyNoJson(ActionHead head)
    {
        if (head.Headers.Any(field => Is(field, HeaderNames.ContentEncoding) && !field.Value.Equals("identity", StringComparison.OrdinalIgnoreCase)))
            return "the body is compressed";

        var types = head.Headers.Where(field => Is(field, HeaderNames.ContentType)).ToList();
        if (types.Count != 1) return types.Count == 0 ? "the body has no Content-Type" : "the body has more than one Content-Type";
        if (!MediaTypeHeaderValue.TryParse(types[0].Value, out var type)) return "the Content-Type is not well-formed";
        if (!type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) && !type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
            return "the Content-Type is not JSON";
        return type.Parameters.Any(parameter => parameter.Name.Equals("charset", StringComparison.OrdinalIgnoreCase)
                && !HeaderUtilities.RemoveQuotes(parameter.Value).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            ? "the body's charset is not UTF-8"
            : null;
    }

    private static bool Is(HeaderField field, string name) => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
