using System.Globalization;

namespace AiAccessProxy.Ledger.Embedded;

/// <summary>A segment's place in the order, the position of its first record, and its path: <c>00000007-000000000000000101.jsonl</c>.</summary>
internal sealed record SegmentName(string Folder, int Sequence, long First)
{
    public const string Extension = ".jsonl";

    public string Path => System.IO.Path.Combine(
        Folder, string.Create(CultureInfo.InvariantCulture, $"{Sequence:D8}-{First:D18}{Extension}"));

    /// <summary>All segments of the folder in order.</summary>
    public static List<SegmentName> List(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*" + Extension).Select(Parse).OfType<SegmentName>().OrderBy(name => name.Sequence).ThenBy(name => name.First)];

    private static SegmentName? Parse(string path)
    {
        var parts = System.IO.Path.GetFileNameWithoutExtension(path).Split('-');
        return parts is [{ Length: 8 } sequence, { Length: 18 } first]
            && int.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? new(System.IO.Path.GetDirectoryName(path)!, number, position)
            : null;
    }
}
