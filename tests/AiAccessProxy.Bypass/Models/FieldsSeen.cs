namespace AiAccessProxy.Bypass.Models;

/// <summary>Which of several values counts to an upstream with some habits: of query, form and header fields.</summary>
internal static class FieldsSeen
{
    /// <summary>A look-up in <c>a=b&amp;c=d</c>, as in queries and forms.</summary>
    public static Func<string, string?> Parameters(string text, Habit habits)
    {
        char[] separators = (habits & Habit.SplitsQueryAtSemicolons) != 0 ? ['&', ';'] : ['&'];
        var fields = text.Split(separators).Where(part => part.Length > 0)
            .Select(part => part.Split('=', 2))
            .Select(part => (Name: Decoded(part[0], habits), Value: part.Length == 2 ? Decoded(part[1], habits) : ""))
            .Select(part => (Name: Text.Of(part.Name, habits), Value: Text.Of(part.Value, habits & ~Habit.FoldsCase)))
            .ToList();
        return name => Counting(fields.Where(field => field.Name == name).Select(field => field.Value), habits);
    }

    public static Func<string, string?> Headers(IReadOnlyList<(string Name, string Value)> headers, Habit habits) => name =>
    {
        var values = headers.Where(header => Named(header.Name, habits).Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value);
        if ((habits & Habit.SplitsHeaderLists) != 0) values = values.SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries));
        return Counting(values, habits)?.Trim(' ', '\t');
    };

    private static string Decoded(string text, Habit habits)
    {
        text = Text.Unescaped(text.Replace('+', ' '), habits);
        if ((habits & Habit.DecodesTwice) != 0) text = Text.Unescaped(text, habits);
        return (habits & Habit.CutsAtNul) != 0 ? text.Split('\0')[0] : text;
    }

    private static string Named(string name, Habit habits) => (habits & Habit.ReadsUnderscoresAsHyphens) != 0 ? name.Replace('_', '-') : name;

    private static string? Counting(IEnumerable<string> values, Habit habits) =>
        (habits & Habit.TakesLast) != 0 ? values.LastOrDefault() : values.FirstOrDefault();
}
