using System.Text;
using System.Text.RegularExpressions;
using AiAccessProxy.Actions;

namespace AiAccessProxy.Tests.Policies.Readings;

/// <summary>
/// A server's way with a path, written without any of the product's code: from the raw bytes of the request line to the segments that its
/// routes are matched with.
/// </summary>
internal sealed partial record Server
{
    public bool SplitsDecoded { get; init; }

    public bool TurnsBackslashes { get; init; }

    public bool DecodesTwice { get; init; }

    /// <summary>The decoded path is taken for a target of its own.</summary>
    public bool ParsesAgain { get; init; }

    public bool CutsRawParameters { get; init; }

    public bool CutsParameters { get; init; }

    public bool MergesSlashes { get; init; }

    public bool IgnoresCase { get; init; }

    public bool DropsLastSlash { get; init; }

    public bool Narrows { get; init; }

    public bool TrimsSegments { get; init; }

    public bool DropsFormat { get; init; }

    public static Server Any(Random random) => new()
    {
        SplitsDecoded = Half(random),
        TurnsBackslashes = Half(random),
        DecodesTwice = Half(random),
        ParsesAgain = Half(random),
        CutsRawParameters = Half(random),
        CutsParameters = Half(random),
        MergesSlashes = Half(random),
        IgnoresCase = Half(random),
        DropsLastSlash = Half(random),
        Narrows = Half(random),
        TrimsSegments = Half(random),
        DropsFormat = Half(random),
    };

    /// <summary>The same server, less what those who accept these kinds know it not to do.</summary>
    public Server Known(IReadOnlySet<Ambiguity> accepted) => this with
    {
        SplitsDecoded = SplitsDecoded && !accepted.Contains(Ambiguity.EncodedSlash),
        TurnsBackslashes = TurnsBackslashes && !accepted.Contains(Ambiguity.EncodedBackslash),
        DecodesTwice = DecodesTwice && !accepted.Contains(Ambiguity.DoubleEncoding),
        // To parse it again is to split what was decoded, too.
        ParsesAgain = ParsesAgain && !accepted.Contains(Ambiguity.DoubleEncoding) && !accepted.Contains(Ambiguity.EncodedSlash),
        CutsRawParameters = CutsRawParameters && !accepted.Contains(Ambiguity.PathParameter),
        CutsParameters = CutsParameters && !accepted.Contains(Ambiguity.PathParameter),
        MergesSlashes = MergesSlashes && !accepted.Contains(Ambiguity.EmptySegment),
    };

    /// <summary>The segments of a raw path; of a pattern, with <paramref name="isPattern"/>, what this server's own table would have for it.</summary>
    public IReadOnlyList<string> Segments(string raw, bool isPattern = false)
    {
        IEnumerable<string> segments = isPattern ? raw[1..].Split('/') : Read(raw);
        if (IgnoresCase) segments = segments.Select(segment => segment.ToLowerInvariant());
        if (TrimsSegments) segments = segments.Select(segment => segment.Trim().TrimEnd('.', ' '));
        var list = segments.ToList();
        if (MergesSlashes) list = [.. list.Where((segment, at) => segment.Length > 0 || at == list.Count - 1)];
        if (DropsLastSlash && list is [_, .., ""]) list.RemoveAt(list.Count - 1);
        if (DropsFormat && list.Count > 0 && Format().Match(list[^1]) is { Success: true } format) list[^1] = list[^1][..format.Index];
        return list;
    }

    private IEnumerable<string> Read(string raw)
    {
        var path = CutsRawParameters ? Parameters().Replace(raw, "") : raw;
        IEnumerable<string> segments = path[1..].Split('/').Select(Unescape);
        if (ParsesAgain) segments = string.Join('/', segments).Split('?', '#')[0].Split('/');
        if (DecodesTwice) segments = segments.Select(Unescape);
        if (Narrows) segments = segments.Select(Narrow);
        // Done by a gateway in front, on what is not decoded yet; only then does it matter that the server behind decodes.
        if (Narrows && DecodesTwice) segments = segments.Select(Unescape);
        if (TurnsBackslashes) segments = segments.SelectMany(segment => segment.Split('\\'));
        if (SplitsDecoded || (ParsesAgain && DecodesTwice)) segments = segments.SelectMany(segment => segment.Split('/'));
        if (CutsParameters) segments = segments.Select(segment => segment.Split(';')[0]);
        return segments;
    }

    private static string Unescape(string text) => Uri.UnescapeDataString(text);

    private static string Narrow(string text)
    {
        var narrow = new StringBuilder();
        foreach (var character in text) narrow.Append(character is >= '\uFF01' and <= '\uFF5E' ? (char)(character - 0xFEE0) : character);
        return narrow.ToString();
    }

    private static bool Half(Random random) => random.Next(2) == 0;

    [GeneratedRegex(";[^/]*")]
    private static partial Regex Parameters();

    [GeneratedRegex(@"(?<=.)\.[a-z0-9]+$", RegexOptions.IgnoreCase)]
    private static partial Regex Format();
}
