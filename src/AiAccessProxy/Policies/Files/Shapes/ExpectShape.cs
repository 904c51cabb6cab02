using System.ComponentModel;

namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>What is expected: an effect, or a refusal.</summary>
[Schema("""{ "oneOf": [{ "required": ["effect"] }, { "required": ["refused"] }] }""")]
[Schema("""{ "if": { "required": ["refused"] }, "then": { "properties": { "rules": false, "credential": false } } }""")]
[Schema("""
    { "if": { "not": { "properties": { "effect": { "const": "require_approval" } }, "required": ["effect"] } },
      "then": { "properties": { "risk": false, "action": false, "summary": false, "needs": false, "require": false } } }
    """)]
internal sealed record ExpectShape
{
    public Effect? Effect { get; init; }

    [Description("A kind of docs/problems.md, or what has no single meaning by its name.")]
    [Words(nameof(Files.Words.Refusals))]
    public string? Refused { get; init; }

    [MayBeEmpty]
    public IReadOnlyList<string>? Rules { get; init; }

    public string? Credential { get; init; }

    public Risk? Risk { get; init; }

    public string? Action { get; init; }

    [MayBeEmpty]
    public IReadOnlyList<string>? Summary { get; init; }

    public IReadOnlyList<NeedShape>? Needs { get; init; }

    public IReadOnlyList<ClaimName>? Require { get; init; }
}
