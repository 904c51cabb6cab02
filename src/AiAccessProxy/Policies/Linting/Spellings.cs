using System.Text.Json;
using AiAccessProxy.Actions;

namespace AiAccessProxy.Policies.Linting;

/// <summary>Other ways to write a call that an upstream may take for the same.</summary>
internal static class Spellings
{
    /// <summary>
    /// Each with what it is, as in <c>with HEAD for GET</c>. Not those of a path, nor a text for a number: a rule that denies or asks cannot tell
    /// these apart and so matches, which tests of the language say.
    /// </summary>
    public static IEnumerable<(string What, Witness Call)> Of(Witness call)
    {
        if (call.Method == "GET") yield return ("with HEAD for GET", call with { Method = "HEAD" });
        if (call.Method is "PUT" or "PATCH") yield return ($"with {(call.Method == "PUT" ? "PATCH" : "PUT")} for {call.Method}", call with { Method = call.Method == "PUT" ? "PATCH" : "PUT" });
        foreach (var (field, json) in call.Fields.Where(one => one.Value.StartsWith('"')))
        {
            var text = Witness.TextOf(json);
            foreach (var (what, other) in Texts(text))
                if (other != text) yield return ($"with {field} {what}", call.With(field, JsonSerializer.Serialize(other)));
        }
    }

    /// <summary>The same under each of the opt-ins that are accepted.</summary>
    public static IEnumerable<(Ambiguity Kind, Witness Call)> Under(IEnumerable<Ambiguity> accepted, Witness call)
    {
        var slash = call.Path.LastIndexOf('/');
        foreach (var kind in accepted)
        {
            var other = kind switch
            {
                Ambiguity.EncodedSlash when slash > 0 => call with { Path = $"{call.Path[..slash]}%2F{call.Path[(slash + 1)..]}" },
                Ambiguity.EncodedBackslash when slash > 0 => call with { Path = $"{call.Path[..slash]}%5C{call.Path[(slash + 1)..]}" },
                Ambiguity.EmptySegment when slash > 0 => call with { Path = $"{call.Path[..slash]}/{call.Path[slash..]}" },
                Ambiguity.PathParameter => call with { Path = call.Path + ";x=y" },
                Ambiguity.DoubleEncoding when slash >= 0 && slash + 1 < call.Path.Length && call.Path[slash + 1] != '%' =>
                    call with { Path = $"{call.Path[..(slash + 1)]}%25{(int)call.Path[slash + 1]:X2}{call.Path[(slash + 2)..]}" },
                Ambiguity.MethodOverride when call.Method != "POST" => call with { Method = "POST", Headers = [.. call.Headers, new("X-HTTP-Method-Override", call.Method)] },
                Ambiguity.MethodOverride => call with { Method = "GET", Fields = call.Fields.Where(one => one.Key.Source is not (FieldSource.Body or FieldSource.Form)).ToDictionary(), Headers = [.. call.Headers, new("X-HTTP-Method-Override", call.Method)] },
                Ambiguity.UrlOverride => call with { Path = "/", Headers = [.. call.Headers, new("X-Original-URL", call.Path)] },
                Ambiguity.UnderscoreHeader => Underscored(call),
                _ => null,
            };
            if (other is not null) yield return (kind, other);
        }
    }

    private static IEnumerable<(string What, string Text)> Texts(string text)
    {
        yield return ("in capital letters", text.ToUpperInvariant());
        yield return ("after a space", " " + text);
    }

    private static Witness? Underscored(Witness call)
    {
        var headers = call.Fields.Where(one => one.Key.Source == FieldSource.Header && one.Key.Steps[0].Name!.Contains('-', StringComparison.Ordinal)).ToList();
        return headers.Count == 0 ? null : call with
        {
            Fields = call.Fields.Except(headers).ToDictionary(),
            Headers = [.. call.Headers, .. headers.Select(one => new HeaderField(one.Key.Steps[0].Name!.Replace('-', '_'), Witness.TextOf(one.Value)))],
        };
    }
}
