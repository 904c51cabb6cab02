namespace AiAccessProxy.Settings;

/// <summary>What somebody may have meant.</summary>
internal static class Suggestion
{
    /// <summary><c>did you mean "match"? known are …</c>.</summary>
    public static string For(string written, IReadOnlyCollection<string> known)
    {
        var listed = known.Count == 0 ? "none is known here" : $"known are {string.Join(", ", known)}";
        return Nearest(written, known) is { } near ? $"did you mean {near}? {listed}" : listed;
    }

    /// <summary>The one that differs by a slip or two; null when none does.</summary>
    public static string? Nearest(string written, IEnumerable<string> known)
    {
        var nearest = known.Select(name => (name, distance: Distance(written.ToLowerInvariant(), name.ToLowerInvariant()))).OrderBy(one => one.distance)
            .ThenBy(one => one.name, StringComparer.Ordinal).FirstOrDefault();
        return nearest.name is { Length: > 1 and var length } && nearest.distance <= (length <= 3 ? 1 : 2) ? nearest.name : null;
    }

    // Levenshtein's distance, over the beginning of both.
    private static int Distance(string one, string other)
    {
        one = one[..Math.Min(one.Length, 40)];
        other = other[..Math.Min(other.Length, 40)];
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var changed = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
