using System.ComponentModel;

namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary><c>global.yaml</c>.</summary>
[Schema("""{ "anyOf": [{ "required": ["rules"] }, { "required": ["rate"] }] }""")]
[Schema("""
    { "anyOf": [
      { "required": ["approval"] },
      { "properties": { "rules": { "items": { "anyOf": [
          { "required": ["approval"] },
          { "not": { "properties": { "effect": { "const": "require_approval" } }, "required": ["effect"] } }] } } } }] }
    """)]
internal sealed record GlobalShape
{
    [Description("Version of the language.")]
    [Words("1")]
    public required int Version { get; init; }

    [Description("Who approves where a rule does not say.")]
    public ApprovalShape? Approval { get; init; }

    [Description("Rules that hold on every route. They deny or require approval.")]
    [MayBeEmpty]
    [Without("credential", "accept", "effect=allow")]
    public IReadOnlyList<RuleShape>? Rules { get; init; }

    [Description("How often each agent may call, all routes together.")]
    public RateShape? Rate { get; init; }
}
