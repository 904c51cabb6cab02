using System.Buffers;

namespace AiAccessProxy.Actions;

/// <summary>
/// Names as servers in the manner of CGI know them: <c>X_Env</c>, <c>X.Env</c> and <c>x-env</c> are all <c>HTTP_X_ENV</c> to some. RFC 3875
/// wants that of <c>-</c> alone; Apache did it to whatever is no letter or digit, and PHP does it to the names of parameters.
/// </summary>
internal static class CgiName
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Of letters, digits and hyphens: every server knows it under the same name.</summary>
    public static bool IsPlain(string name) => !name.AsSpan().ContainsAnyExcept(Plain);

    /// <summary>In lower case, with a hyphen for everything that is no letter or digit. Two names that give the same are one to some servers.</summary>
    public static string Of(string name) =>
        string.Create(name.Length, name, static (into, from) =>
        {
            for (var at = 0; at < into.Length; at++) into[at] = char.IsAsciiLetterOrDigit(from[at]) ? char.ToLowerInvariant(from[at]) : '-';
        });
}
