using System.Text;

namespace AiAccessProxy.Actions;

/// <summary>
/// Compares texts with characters beyond ASCII, as loosely as any server might: in any case, less marks and what has no width, and with a
/// character that has a compatibility form standing for whatever that may be. Too loose is the safe side: it only makes a match unsure.
/// </summary>
internal static class LooseText
{
    private const int Joker = -1;
    private const int LongestForm = 4;
    private const int MostSteps = 1 << 16;

    public static bool AreAlike(string one, string other)
    {
        var (left, right) = (Folded(one), Folded(other));
        if (left.Length > (right.Length + 1) * LongestForm || right.Length > (left.Length + 1) * LongestForm) return false;
        return left.Length * right.Length > MostSteps || Fits(left, right);
    }

    private static int[] Folded(string text)
    {
        var folded = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (CompatibleText.IsIgnorable(rune)) continue;
            if (rune.Value == '+' || Rune.IsWhiteSpace(rune)) folded.Add(' ');
            else folded.Add(CompatibleText.IsCompatible(rune) ? Joker : FoldedName.Fold(rune).Value);
        }

        var last = folded.FindLastIndex(value => value is not (' ' or '.')) + 1;
        return [.. folded.Take(last).SkipWhile(value => value == ' ')];
    }

    // reach[at, to]: the first `at` of one side can be the first `to` of the other. A joker is up to four characters, or none.
    private static bool Fits(int[] left, int[] right)
    {
        var reach = new bool[left.Length + 1, right.Length + 1];
        reach[0, 0] = true;
        for (var at = 0; at <= left.Length; at++)
        {
            for (var to = 0; to <= right.Length; to++)
            {
                if (!reach[at, to]) continue;
                var (one, other) = (at < left.Length ? left[at] : 0, to < right.Length ? right[to] : 0);
                if (at < left.Length && to < right.Length && one == other) reach[at + 1, to + 1] = true;
                for (var length = 0; one == Joker && length <= LongestForm && to + length <= right.Length; length++) reach[at + 1, to + length] = true;
                for (var length = 0; other == Joker && length <= LongestForm && at + length <= left.Length; length++) reach[at + length, to + 1] = true;
            }
        }

        return reach[left.Length, right.Length];
    }
}
