using System.Text;
using System.Text.RegularExpressions;

namespace AiAccessProxy.Tests.Policies.Broken;

/// <summary>
/// The texts in C# sources that are meant for people: literals with a space. Each comes as the expression that fits it with anything in its
/// holes, and so do the literals within those.
/// </summary>
internal static class MessageTexts
{
    public static IEnumerable<string> In(string source)
    {
        for (var at = 0; at < source.Length; at++)
        {
            if (source[at] == '/' && at + 1 < source.Length && source[at + 1] == '/')
            {
                at = source.IndexOf('\n', at) is var end and >= 0 ? end : source.Length;
            }
            else if (source[at] == '\'')
            {
                // A character: one, or an escape.
                at = source.IndexOf('\'', at + (source[at + 1] == '\\' ? 3 : 2));
            }
            else if (source[at] == '"')
            {
                var holes = new List<string>();
                var text = Literal(source, ref at, holes);
                if (text.Contains(' ', StringComparison.Ordinal)) yield return text.Replace("\0", ".*", StringComparison.Ordinal);
                foreach (var inner in holes.SelectMany(In)) yield return inner;
            }
        }
    }

    /// <summary>An expression for it, in which NUL stands for a hole; <paramref name="at"/> moves to its closing quote.</summary>
    private static string Literal(string source, ref int at, List<string> holes)
    {
        if (source.AsSpan(at).StartsWith("\"\"\"")) throw new NotSupportedException("A raw literal.");
        var isVerbatim = at > 0 && source[at - 1] == '@';
        var isInterpolated = at > 0 && source[at - 1] == '$';
        var text = new StringBuilder();
        for (at++; source[at] != '"' || (isVerbatim && source[at + 1] == '"'); at++)
        {
            if (isInterpolated && source[at] is '{' or '}' && source[at + 1] == source[at]) text.Append(Regex.Escape(source[at++].ToString()));
            else if (isInterpolated && source[at] == '{') holes.Add(Hole(source, ref at, text));
            else if (isVerbatim && source[at] == '"') text.Append(source[at++]);
            else if (!isVerbatim && source[at] == '\\') text.Append(Regex.Escape(source[++at].ToString()));
            else text.Append(source[at] == ' ' ? " " : Regex.Escape(source[at].ToString()));
        }

        return text.ToString();
    }

    /// <summary>What stands in the braces; <paramref name="at"/> moves to the closing one.</summary>
    private static string Hole(string source, ref int at, StringBuilder text)
    {
        text.Append('\0');
        var (start, depth) = (at + 1, 1);
        for (at++; depth > 0; at++)
        {
            if (source[at] == '{') depth++;
            else if (source[at] == '}') depth--;
            else if (source[at] == '"') Literal(source, ref at, []);
        }

        at--;
        return source[start..at];
    }
}
