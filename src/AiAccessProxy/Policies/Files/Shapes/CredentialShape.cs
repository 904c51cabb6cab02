using System.ComponentModel;

namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>A secret of the upstream, which agents never hold.</summary>
internal sealed record CredentialShape
{
    [Words("header")]
    public required string Type { get; init; }

    [Description("Name of the header.")]
    [Pattern(Pattern.CredentialHeader)]
    public required string Name { get; init; }

    [Description("Where it comes from: Bearer ${env:NAME}, or ${file:/run/secrets/name}.")]
    [Pattern(Pattern.HeaderValue)]
    public required string Value { get; init; }

    public string? Owner { get; init; }
}
