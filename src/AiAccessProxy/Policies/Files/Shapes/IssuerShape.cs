using System.ComponentModel;

namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>An OpenID provider whose tokens prove agents.</summary>
internal sealed record IssuerShape
{
    [Pattern(Pattern.Id)]
    public required string Id { get; init; }

    [Description("The text of its tokens' iss.")]
    [Pattern(Pattern.Issuer)]
    public required string Url { get; init; }

    [Description("The text of its tokens' aud.")]
    public required string Audience { get; init; }

    [Description("The claim that says for which person an agent acts.")]
    public string? OnBehalfOf { get; init; }
}
