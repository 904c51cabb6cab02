using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals;

/// <summary>
/// Whether people meet needs. One person meets one need only, so it is a matching: with needs "finance" and "finance or security",
/// whom a need may take depends on who is left for the other.
/// </summary>
internal static class Quorum
{
    /// <param name="people">Who approved; a person named twice counts once.</param>
    /// <param name="matches">Whether a reference (<c>group:x</c>, <c>person:y</c>) means a person.</param>
    public static bool IsMet(IReadOnlyList<Need> needs, IEnumerable<string> people, Func<string, string, bool> matches)
    {
        // No need, or one for nobody, is no permission: a policy that says so is broken.
        if (needs.Count == 0 || needs.Any(need => need.Approvals < 1)) return false;

        var distinct = people.Distinct(StringComparer.Ordinal).ToArray();
        // Counted before the places are laid out: a need for a milliard approvals must not cost memory.
        if (needs.Sum(need => (long)need.Approvals) > distinct.Length) return false;

        var candidates = needs
            .SelectMany(need => Enumerable.Repeat(
                distinct.Index().Where(person => need.From.Any(reference => matches(reference, person.Item))).Select(person => person.Index).ToArray(),
                need.Approvals))
            .ToArray();
        var placeOf = Enumerable.Repeat(-1, distinct.Length).ToArray();
        return Enumerable.Range(0, candidates.Length).All(place => Fill(place, candidates, placeOf, new bool[distinct.Length]));
    }

    /// <summary>Finds somebody for a place, moving others to different places where that frees somebody (an augmenting path).</summary>
    private static bool Fill(int place, int[][] candidates, int[] placeOf, bool[] tried)
    {
        foreach (var person in candidates[place])
        {
            if (tried[person]) continue;
            tried[person] = true;
            if (placeOf[person] >= 0 && !Fill(placeOf[person], candidates, placeOf, tried)) continue;
            placeOf[person] = place;
            return true;
        }

        return false;
    }
}
