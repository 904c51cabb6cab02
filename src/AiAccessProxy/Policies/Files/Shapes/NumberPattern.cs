using System.Globalization;

namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>Regular expressions that fit the numbers of a range, for a schema that knows texts and no quantities.</summary>
internal static class NumberPattern
{
    private static readonly (string Unit, long Milliseconds)[] Spans = [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

    private static readonly (string Unit, long Bytes)[] Sizes = [("KiB", 1024), ("MiB", 1024 * 1024), ("", 1)];

    /// <summary>A whole number without a sign from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public static string Of(long least, long most)
    {
        var alternatives = new List<string>();
        for (long first = 0, last = 9; first <= most; first = last + 1, last = (last * 10) + 9)
        {
            if (last >= least) alternatives.Add(OfOneLength(Digits(Math.Max(first, least)), Digits(Math.Min(last, most))));
        }

        return $"0*({string.Join('|', alternatives)})";
    }

    /// <summary>What several units come to together is not told: <c>1h30m</c>.</summary>
    public static string OfSpans(TimeSpan least, TimeSpan most) => Whole(
        "([0-9]{1,9}(ms|s|m|h|d)){2,5}|",
        Spans.Select(unit => (unit.Unit, (long)Math.Ceiling(least.TotalMilliseconds / unit.Milliseconds), (long)(most.TotalMilliseconds / unit.Milliseconds))));

    public static string OfSizes(long most) => Whole("", Sizes.Select(unit => (unit.Unit, 1L, most / unit.Bytes)));

    private static string Whole(string others, IEnumerable<(string Unit, long Least, long Most)> units) =>
        $"^({others}{string.Join('|', units.Where(unit => unit.Least <= unit.Most).Select(unit => Of(unit.Least, Math.Min(unit.Most, 999_999_999)) + unit.Unit))})$|{Pattern.Reference}";

    private static string OfOneLength(string least, string most)
    {
        if (least.Length == 0) return "";
        if (least[0] == most[0]) return least[0] + OfOneLength(least[1..], most[1..]);
        var after = least.Length - 1;
        var (fromStart, toEnd) = (least[1..].All(digit => digit == '0'), most[1..].All(digit => digit == '9'));
        var (first, last) = ((char)(fromStart ? least[0] : least[0] + 1), (char)(toEnd ? most[0] : most[0] - 1));
        var alternatives = new List<string>();
        if (!fromStart) alternatives.Add(least[0] + OfOneLength(least[1..], new('9', after)));
        if (first <= last) alternatives.Add($"[{first}-{last}]{(after > 0 ? $"[0-9]{{{after}}}" : "")}");
        if (!toEnd) alternatives.Add(most[0] + OfOneLength(new('0', after), most[1..]));
        return alternatives is [var only] ? only : $"({string.Join('|', alternatives)})";
    }

    private static string Digits(long number) => number.ToString(CultureInfo.InvariantCulture);
}
