using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace AiAccessProxy.Actions.Bodies;

/// <summary>What the headers of one part of a form say, as far as all readers of forms agree on it.</summary>
/// <param name="Length">What the part says its length is; null when it does not.</param>
internal sealed record PartHeaders(string Name, bool IsFile, long? Length)
{
    /// <param name="block">The lines before the empty one, without the last line end.</param>
    public static PartHeaders? Read(ReadOnlySpan<byte> block, out string why)
    {
        why = "the headers of a part are not UTF-8, or hold control characters";
        if (!Utf8.IsValid(block)) return null;
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in Encoding.UTF8.GetString(block).Split("\r\n"))
        {
            if (line.Any(character => char.IsControl(character) && character != '\t')) return null;
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            // A line that begins with a space continues the one before to some.
            var isField = colon > 0 && line[..colon].All(character => char.IsAsciiLetterOrDigit(character) || character == '-');
            if (isField && fields.TryAdd(line[..colon], line[(colon + 1)..].Trim(' ', '\t'))) continue;
            why = "a header of a part is folded, comes twice or is no header";
            return null;
        }

        return Of(fields, out why);
    }

    private static PartHeaders? Of(Dictionary<string, string> fields, out string why)
    {
        why = "a part has a header that parts of forms have not";
        if (fields.Keys.Any(name => name.ToLowerInvariant() is not ("content-disposition" or "content-type" or "content-length" or "content-transfer-encoding")))
            return null;

        why = "a part is encoded once more (Content-Transfer-Encoding)";
        if (fields.TryGetValue("Content-Transfer-Encoding", out var encoding) && encoding.ToLowerInvariant() is not ("binary" or "8bit" or "7bit")) return null;

        why = "a part has a Content-Length that is no number";
        long? length = null;
        if (fields.TryGetValue("Content-Length", out var told))
        {
            if (!long.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
            length = number;
        }

        why = "a part has no Content-Disposition: form-data with one plain name, or one that readers take differently";
        if (!fields.TryGetValue("Content-Disposition", out var written)
            || ParameterizedValue.Read(written) is not { } disposition
            || !disposition.Value.Equals("form-data", StringComparison.OrdinalIgnoreCase)
            || !disposition.Parameters.TryGetValue("name", out var name)
            || name.Any(character => character is < ' ' or > '~' or '%')
            || disposition.Parameters.Keys.Any(key => key is not ("name" or "filename" or "filename*" or "size"))
            || disposition.Parameters.Values.Any(value => value.Replace(" ", "", StringComparison.Ordinal).Contains("name=", StringComparison.OrdinalIgnoreCase)))
            return null;

        var isFile = disposition.Parameters.ContainsKey("filename");
        why = "a part has a filename* without a filename, so that it is a file to some and a text to others";
        if (!isFile && disposition.Parameters.ContainsKey("filename*")) return null;
        return WhyNoType(fields.GetValueOrDefault("Content-Type"), isFile, out why) ? null : new(name, isFile, length);
    }

    private static bool WhyNoType(string? text, bool isFile, out string why)
    {
        why = "a part has a Content-Type that is not well-formed";
        if (text is null) return false;
        if (ParameterizedValue.Read(text) is not { } type) return true;

        var name = type.Value.ToLowerInvariant();
        why = "a part holds several parts";
        if (name.StartsWith("multipart/", StringComparison.Ordinal)) return true;
        if (isFile) return false;

        // `application/octet-stream` makes it a file to some.
        why = "a part without a file name has a Content-Type that is neither text nor JSON";
        if (name is not ("text/plain" or "application/json") && !name.EndsWith("+json", StringComparison.Ordinal)) return true;
        why = "a part is in another charset than UTF-8";
        return type.Parameters.Any(one => one.Key.StartsWith("charset", StringComparison.Ordinal)
            && !(one.Key == "charset" && one.Value.Equals("utf-8", StringComparison.OrdinalIgnoreCase)));
    }
}
