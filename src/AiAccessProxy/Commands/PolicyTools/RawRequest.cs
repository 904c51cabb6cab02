using System.Text;
using System.Text.RegularExpressions;
using AiAccessProxy.Actions;
using AiAccessProxy.Policies.Trials;

namespace AiAccessProxy.Commands.PolicyTools;

/// <summary>A request in a file as it goes over the wire (RFC 9112): request line, fields, an empty line, the body as it is.</summary>
internal static partial class RawRequest
{
    public static bool IsOne(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)'\n');
        return Line().IsMatch(Encoding.Latin1.GetString(end < 0 ? bytes : bytes[..end]).TrimEnd('\r'));
    }

    /// <summary>The request, without who makes it; null, and what is wrong, when it is none.</summary>
    public static TrialCall? Read(ReadOnlyMemory<byte> bytes, out string wrong)
    {
        wrong = "";
        var fields = new List<HeaderField>();
        var (at, line) = Next(bytes.Span, 0);
        var request = Line().Match(line);
        for ((at, line) = Next(bytes.Span, at); line.Length > 0; (at, line) = Next(bytes.Span, at))
        {
            if (Field(line) is { } field) fields.Add(field);
            else wrong = $"'{line}' is no header; write 'Name: value'";
        }

        var host = fields.Where(field => Is(field, "Host")).Select(field => field.Value).ToList();
        if (host.Count > 1) wrong = "there is more than one Host";
        if (fields.Exists(field => Is(field, "Transfer-Encoding"))) wrong = "write the body as it is, without Transfer-Encoding";
        if (wrong.Length > 0) return null;
        return new()
        {
            Agent = "",
            Method = request.Groups["method"].Value,
            Path = request.Groups["target"].Value,
            Host = host.FirstOrDefault(),
            // The file ends where the body does.
            Headers = [.. fields.Where(field => !Is(field, "Host") && !Is(field, "Content-Length"))],
            Body = at < bytes.Length ? bytes[at..] : null,
        };
    }

    /// <summary><c>Name: value</c>; null when it is none.</summary>
    public static HeaderField? Field(string line) =>
        line.Split(':', 2) is [{ Length: > 0 } name, var value] ? new HeaderField(name, value.Trim(' ', '\t')) : null;

    private static bool Is(HeaderField field, string name) => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static (int At, string Line) Next(ReadOnlySpan<byte> bytes, int at)
    {
        var length = bytes[at..].IndexOf((byte)'\n');
        var line = length < 0 ? bytes[at..] : bytes.Slice(at, length);
        return (length < 0 ? bytes.Length : at + length + 1, Encoding.Latin1.GetString(line).TrimEnd('\r'));
    }

    [GeneratedRegex(@"^(?<method>\S+) (?<target>\S+) HTTP/[0-9.]+$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Line();
}
