using System.Text.Json;

namespace AiAccessProxy.Actions;

/// <summary>What a route or a rule may accept by name (<c>accept: [encoded-slash]</c>): everything else is refused for ever.</summary>
internal static class OptIns
{
    public static IReadOnlyDictionary<string, Ambiguity> ByName { get; } = new[]
    {
        Ambiguity.EncodedSlash,
        Ambiguity.EncodedBackslash,
        Ambiguity.DoubleEncoding,
        Ambiguity.EmptySegment,
        Ambiguity.PathParameter,
        Ambiguity.UnderscoreHeader,
        Ambiguity.MethodOverride,
        Ambiguity.UrlOverride,
        Ambiguity.UnexpectedBody,
        Ambiguity.SeveralActions,
    }.ToDictionary(NameOf, StringComparer.Ordinal);

    /// <summary>The kebab-case word of a kind, in <c>accept</c>, in answers and on records.</summary>
    public static string NameOf(Ambiguity kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());
}
