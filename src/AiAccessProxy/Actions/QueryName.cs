using System.Text;

namespace AiAccessProxy.Actions;

/// <summary>Compares names of query parameters as the loosest server does.</summary>
internal static class QueryName
{
    /// <summary>Whether any server takes one name for the other.</summary>
    public static bool AreAlike(string one, string other)
    {
        var (left, right) = (Folded(one), Folded(other));
        return Ascii.IsValid(left) && Ascii.IsValid(right) ? FoldedName.Comparer.Equals(left, right) : LooseText.AreAlike(left, right);
    }

    // PHP: spaces before it are cut off, `.` and a space become `_`, and what stands in brackets is an index, as in Rails and qs.
    private static string Folded(string name)
    {
        var text = CompatibleText.Replaced(PercentText.DecodeLeniently(name)).Trim().Trim('\0', '+');
        var bracket = text.IndexOf('[');
        if (bracket > 0) text = text[..bracket];
        return text.Replace('.', '_').Replace(' ', '_').Replace('+', '_');
    }
}
