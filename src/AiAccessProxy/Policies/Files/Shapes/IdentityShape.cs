using System.ComponentModel;

namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>What an OpenID provider calls a person.</summary>
internal sealed record IdentityShape
{
    [Description("The text of its tokens' iss.")]
    [Pattern(Pattern.Issuer)]
    public required string Issuer { get; init; }

    [Description("The text of the person's sub; with Entra ID, of their oid.")]
    public required string Subject { get; init; }
}
