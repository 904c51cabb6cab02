using System.Collections.Frozen;
using System.Text;

namespace AiAccessProxy.Actions;

/// <summary>Headers and parameters by which a call asks its upstream to take it for another: of another method, or to another path.</summary>
internal static class Overrides
{
    // As CgiName.Of gives them.
    private static readonly FrozenSet<string> MethodHeaders = FrozenSet.ToFrozenSet(
        ["x-http-method-override", "x-http-method", "x-method-override", "x-method", "http-method-override", "method-override", "x-original-method",
         "x-rewrite-method", "x-forwarded-method", "x-override-method", "-method"]);

    private static readonly FrozenSet<string> MethodParameters = FrozenSet.ToFrozenSet(
        ["-method", "-http-method", "-httpmethod", "-method-override", "x-http-method-override", "x-http-method", "x-method-override",
         "http-method-override", "httpmethodoverride"]);

    private static readonly FrozenSet<string> UrlHeaders = FrozenSet.ToFrozenSet(
        ["x-original-url", "x-original-uri", "x-original-path", "x-original-request-uri", "x-rewrite-url", "x-rewrite-uri", "x-rewrite-path",
         "x-override-url", "x-url-override", "x-forwarded-uri", "x-forwarded-url", "x-forwarded-path", "x-forwarded-prefix", "x-forwarded-pathbase",
         "x-forwarded-request-uri", "x-forwarded-script-name", "x-script-name", "script-name", "path-info", "request-uri", "x-request-uri",
         "x-request-url", "x-envoy-original-path", "x-envoy-original-url", "x-ms-original-url", "x-waws-unencoded-url", "x-proxy-url", "x-replaced-path",
         "x-http-destinationurl", "x-http-path-override", "x-url-scheme-path", "base-url", "http-url", "proxy-url", "unencoded-url"]);

    /// <summary>Whether a header asks for another method or path, however CGI would spell it.</summary>
    public static bool IsHeader(string name) => CgiName.Of(name) is var folded && (MethodHeaders.Contains(folded) || UrlHeaders.Contains(folded));

    /// <summary>
    /// Whether a parameter of the query or a field of a form asks for another method. PHP takes <c>.method</c>, <c> _method</c> and
    /// <c>_method[]</c> for <c>_method</c>, too.
    /// </summary>
    public static bool IsMethodParameter(string name) =>
        MethodParameters.Contains(CgiName.Of(name.TrimStart()).TrimEnd('-')) || (!Ascii.IsValid(name) && MethodParameters.Any(known => LooseText.AreAlike(name, known.Replace('-', '_'))));

    /// <summary>What is doubtful about a call for such a header or parameter.</summary>
    public static IEnumerable<Unclear> In(IReadOnlyList<HeaderField> fields, CanonicalTarget target)
    {
        foreach (var field in fields)
        {
            var folded = CgiName.Of(field.Name);
            if (MethodHeaders.Contains(folded))
                yield return new(Ambiguity.MethodOverride, $"{field.Name} asks for another method than the call has: send the call with the method that is meant.");
            if (UrlHeaders.Contains(folded))
                yield return new(Ambiguity.UrlOverride, $"{field.Name} asks for another path than the one that is called: call the path that is meant.");
        }

        if (target.Query.SelectMany(LooseQuery.NamesIn).Any(IsMethodParameter))
            yield return new(Ambiguity.MethodOverride, "A parameter of the query asks for another method: send the call with the method that is meant.");
    }
}
