using Microsoft.Net.Http.Headers;

namespace AiAccessProxy.Actions.Bodies;

/// <summary>What a call says its body is, as far as all readers of its <c>Content-Type</c> agree on it.</summary>
internal sealed record MediaType(BodyKind Kind, string? Boundary)
{
    // What readers that look for a piece of the field, and not for its beginning, find in it (CVE-2017-5638 is one of them).
    private static readonly string[] Lures = ["multipart/", "form-urlencoded", "/xml", "+xml", "/graphql"];

    /// <summary>Null, and <paramref name="why"/>, when it is none that a body is read as.</summary>
    public static MediaType? Of(ActionHead head, out string why)
    {
        var fields = head.Headers.Where(field => field.Name.Equals(HeaderNames.ContentType, StringComparison.OrdinalIgnoreCase)).ToList();
        why = fields.Count == 0 ? "the body has no Content-Type" : "the body has more than one Content-Type";
        return fields.Count == 1 ? Of(fields[0].Value, out why) : null;
    }

    /// <summary>Whether an upstream may take the body for a form: some do so when nothing is said, or when the word stands anywhere.</summary>
    public static bool MayBeForm(ActionHead head)
    {
        var fields = head.Headers.Where(field => field.Name.Equals(HeaderNames.ContentType, StringComparison.OrdinalIgnoreCase)).ToList();
        return fields.Count != 1
            || string.IsNullOrWhiteSpace(fields[0].Value)
            || fields[0].Value.Contains("form-urlencoded", StringComparison.OrdinalIgnoreCase)
            || fields[0].Value.Contains("multipart/", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// Whether an upstream may take the body for a form and look into it for another method: of POST whatever may be a form, of other
    /// methods, which few look into, what is said to be one.
    /// </summary>
    public static bool MayAskForMethod(ActionHead head) => head.Method == "POST"
        ? MayBeForm(head)
        : head.Headers.Any(field => field.Name.Equals(HeaderNames.ContentType, StringComparison.OrdinalIgnoreCase)
            && (field.Value.Contains("form-urlencoded", StringComparison.OrdinalIgnoreCase) || field.Value.Contains("multipart/form", StringComparison.OrdinalIgnoreCase)));

    private static MediaType? Of(string text, out string why)
    {
        why = "the Content-Type is not well-formed";
        if (ParameterizedValue.Read(text) is not { } read || read.Value.Split('/') is not [{ Length: > 0 }, { Length: > 0 }]) return null;

        var name = read.Value.ToLowerInvariant();
        var kind = name switch
        {
            "application/json" => BodyKind.Json,
            "application/x-www-form-urlencoded" => BodyKind.UrlEncoded,
            "multipart/form-data" => BodyKind.Multipart,
            _ when name.StartsWith("application/", StringComparison.Ordinal) && name.EndsWith("+json", StringComparison.Ordinal) => BodyKind.Json,
            _ => (BodyKind?)null,
        };
        why = "the Content-Type is none of JSON (application/json, application/…+json), application/x-www-form-urlencoded and multipart/form-data";
        if (kind is not { } known) return null;

        why = "the body's charset is not UTF-8";
        if (read.Parameters.Any(one => one.Key.StartsWith("charset", StringComparison.Ordinal)
            && !(one.Key == "charset" && one.Value.Equals("utf-8", StringComparison.OrdinalIgnoreCase))))
            return null;

        why = "a parameter of the Content-Type speaks of another type";
        if (read.Parameters.Any(one => Lures.Any(lure => one.Value.Contains(lure, StringComparison.OrdinalIgnoreCase)))) return null;

        // PHP takes what follows the word wherever it stands first. In a boundary it stands second, as browsers and axios write it.
        why = "the word boundary stands in the Content-Type where it is none";
        if (read.Parameters.Any(one => one.Key != "boundary"
            && (one.Key.Contains("boundary", StringComparison.Ordinal) || one.Value.Contains("boundary", StringComparison.OrdinalIgnoreCase))))
            return null;

        var boundary = read.Parameters.GetValueOrDefault("boundary");
        why = "the Content-Type has a boundary that is missing, or that some readers cut off: use 1 to 70 letters, digits and '-_.+'";
        if (known == BodyKind.Multipart ? !IsBoundary(boundary) : boundary is not null) return null;
        return new(known, boundary);
    }

    private static bool IsBoundary(string? text) => text is { Length: >= 1 and <= 70 }
        && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or '+');
}
