using System.Text;
using System.Text.RegularExpressions;

namespace AiAccessProxy.Tests.Actions.Bodies;

/// <summary>Forms as forgiving upstreams read them: each gives names and values in its own manner.</summary>
internal static partial class UpstreamForm
{
    public static IEnumerable<(string Model, IReadOnlyList<(string Name, string Value)> Fields)> UrlEncoded(byte[] body)
    {
        foreach (var separators in new[] { "&", "&;" })
        {
            foreach (var encoding in new[] { Encoding.UTF8, Encoding.Latin1 })
            {
                var fields = encoding.GetString(body).Split(separators.ToCharArray())
                    .Select(pair => pair.Split('=', 2))
                    .Select(pair => (Name: Decode(pair[0], encoding), Value: pair.Length > 1 ? Decode(pair[1], encoding) : "")).ToList();
                foreach (var read in Named(fields)) yield return ($"{read.Model}, {separators} in {encoding.WebName}", read.Fields);
            }
        }
    }

    /// <summary>By whatever boundary is found first or last in the Content-Type, cut off or not, anywhere in the body.</summary>
    public static IEnumerable<(string Model, IReadOnlyList<(string Name, string Value)> Fields)> Multipart(string type, byte[] body)
    {
        var boundaries = Boundary().Matches(type).SelectMany(match => new[]
        {
            match.Groups[1].Value, match.Groups[1].Value.Trim('"'), match.Groups[1].Value.Trim('"').Split(' ', ',', ';')[0],
        }).Where(boundary => boundary.Length > 0 && Encoding.Latin1.GetString(body).Contains($"--{boundary}", StringComparison.Ordinal)).Distinct();
        foreach (var boundary in boundaries)
        {
            foreach (var (model, parts) in Parts(Encoding.Latin1.GetString(body), boundary))
            {
                foreach (var last in new[] { false, true })
                {
                    var fields = parts.Select(part => Part(part, last)).OfType<(string, string)>().ToList();
                    foreach (var read in Named(fields)) yield return ($"{read.Model}, {model} by {boundary}, last name {last}", read.Fields);
                }
            }
        }
    }

    private static IEnumerable<(string Model, IReadOnlyList<string> Parts)> Parts(string body, string boundary)
    {
        yield return ("anywhere", [.. body.Split($"--{boundary}").Skip(1)]);
        yield return ("lines that begin so", [.. Regex.Split(body, $"(?:^|\r?\n)--{Regex.Escape(boundary)}[^\r\n]*").Skip(1).Select(part => part + "\r\n")]);
        yield return ("preamble and epilogue too", [.. body.Split($"--{boundary}")]);
        yield return ("until the first end", [.. body.Split($"--{boundary}--")[0].Split($"--{boundary}\r\n").Skip(1)]);
    }

    private static (string Name, string Value)? Part(string part, bool last)
    {
        var end = HeaderEnd().Match(part);
        if (!end.Success) return null;
        var headers = Folding().Replace(part[..end.Index], " ");
        var names = Name().Matches(headers);
        if (names.Count == 0) return null;
        var name = names[last ? names.Count - 1 : 0].Groups[1].Value;
        var value = part[(end.Index + end.Length)..];
        if (value.EndsWith("\r\n", StringComparison.Ordinal)) value = value[..^2];
        else if (value.EndsWith('\n')) value = value[..^1];
        if (headers.Contains("base64", StringComparison.OrdinalIgnoreCase) && Base64().IsMatch(value)) value = Encoding.Latin1.GetString(Convert.FromBase64String(value));
        return (Utf8(name), Utf8(value));
    }

    private static IEnumerable<(string Model, IReadOnlyList<(string Name, string Value)> Fields)> Named(IReadOnlyList<(string Name, string Value)> fields)
    {
        yield return ("as it is", fields);
        yield return ("in any case", [.. fields.Select(field => (field.Name.ToLowerInvariant().Trim(), field.Value))]);
        yield return ("as PHP", [.. fields.Select(field => (Php(field.Name.Split('\0')[0]), field.Value))]);
        yield return ("without what is empty", [.. fields.Where(field => field.Value.Length > 0)]);
    }

    private static string Php(string name)
    {
        name = name.TrimStart(' ');
        var open = name.IndexOf('[', StringComparison.Ordinal);
        if (open > 0 && name.IndexOf(']', open) > 0) name = name[..open];
        return name.Replace(' ', '_').Replace('.', '_').Replace('[', '_');
    }

    private static string Decode(string text, Encoding encoding)
    {
        var bytes = new List<byte>();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '%' && at + 2 < text.Length && char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2]))
            {
                bytes.Add(Convert.FromHexString(text.AsSpan(at + 1, 2))[0]);
                at += 2;
            }
            else if (text[at] == '+')
            {
                bytes.Add((byte)' ');
            }
            else
            {
                bytes.AddRange(encoding.GetBytes([text[at]]));
            }
        }

        return encoding.GetString([.. bytes]);
    }

    private static string Utf8(string latin) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(latin));

    [GeneratedRegex("boundary\\s*=\\s*(\"[^\"]*\"?|[^;]*)", RegexOptions.IgnoreCase)]
    private static partial Regex Boundary();

    [GeneratedRegex("\r?\n\r?\n")]
    private static partial Regex HeaderEnd();

    [GeneratedRegex("\r?\n[ \t]+")]
    private static partial Regex Folding();

    [GeneratedRegex("(?<![a-z])name\\*?\\s*=\\s*(?:utf-8'')?\"?([^\";\r\n]*)", RegexOptions.IgnoreCase)]
    private static partial Regex Name();

    [GeneratedRegex("^(?:[A-Za-z0-9+/]{4})+={0}$")]
    private static partial Regex Base64();
}
