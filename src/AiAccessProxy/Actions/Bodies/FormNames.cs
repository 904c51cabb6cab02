namespace AiAccessProxy.Actions.Bodies;

/// <summary>Takes names of form fields as one when any upstream might.</summary>
internal static class FormNames
{
    public const string AnotherCharset = "the form says that it is written in another charset than UTF-8";

    /// <summary>
    /// Without regard to case; <c> </c>, <c>.</c> and <c>[</c> as <c>_</c> (PHP), spaces around left out, <c>a[b]</c> as <c>a.b</c>
    /// (ASP.NET); and <c>a</c> beside <c>a[b]</c> (or <c>a[]</c>), of which one overwrites the other.
    /// </summary>
    /// <param name="one">As it came: escapes that are left in it are undone, as servers do that decode twice.</param>
    public static bool MayBeOne(string one, string other)
    {
        one = FormEscapes.Again(one);
        if (FoldedName.Comparer.Equals(Flat(one), Flat(other))) return true;
        var (left, right) = (Steps(one), Steps(other));
        for (var at = 0; at < Math.Min(left.Count, right.Count); at++)
        {
            if (!FoldedName.Comparer.Equals(left[at], right[at])) return false;
        }

        return true;
    }

    /// <summary>HTML, 4.10.21.5: a field by which a form tells its charset; some frameworks decode by it.</summary>
    public static bool TellsAnotherCharset(string name, string value) =>
        MayBeOne(name, "_charset_") && !value.Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    private static string Flat(string name) => name
        .Replace(' ', '_').Replace('.', '_').Replace('[', '_').Replace("]", "", StringComparison.Ordinal);

    /// <summary><c>a[b][c]</c> as a, b, c. What stands behind the last bracket is dropped, as PHP does.</summary>
    private static List<string> Steps(string name)
    {
        var open = name.IndexOf('[', StringComparison.Ordinal);
        var steps = new List<string> { (open < 0 ? name : name[..open]).Trim(' ').Replace(' ', '_').Replace('.', '_') };
        while (open >= 0 && name.IndexOf(']', open) is > 0 and var close)
        {
            steps.Add(name[(open + 1)..close]);
            open = close + 1 < name.Length && name[close + 1] == '[' ? close + 1 : -1;
        }

        return steps;
    }
}
