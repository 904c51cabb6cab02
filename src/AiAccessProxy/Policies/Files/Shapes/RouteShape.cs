using System.ComponentModel;

namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>A file that states a route.</summary>
[Schema("""{ "anyOf": [{ "required": ["prefix"] }, { "required": ["hosts"] }] }""")]
[Schema("""{ "if": { "properties": { "default": { "const": "require_approval" } }, "required": ["default"] }, "then": { "required": ["approval"] } }""")]
[Schema("""
    { "anyOf": [
      { "required": ["approval"] },
      { "properties": { "rules": { "items": { "anyOf": [
          { "required": ["approval"] },
          { "not": { "properties": { "effect": { "const": "require_approval" } }, "required": ["effect"] } }] } } } }] }
    """)]
internal sealed record RouteShape
{
    [Description("Version of the language.")]
    [Words("1")]
    public required int Version { get; init; }

    [Description("Id of the route.")]
    [Pattern(Pattern.Id)]
    public required string Route { get; init; }

    [Description("The path under which agents find this API; removed before matching and forwarding.")]
    [Pattern(Pattern.Prefix)]
    public string? Prefix { get; init; }

    [Description("The hosts that agents may call it by.")]
    [Pattern(Pattern.Host)]
    public IReadOnlyList<string>? Hosts { get; init; }

    [Description("What the upstream is to its owners: production.")]
    [Pattern(Pattern.Id)]
    public string? Environment { get; init; }

    public required UpstreamShape Upstream { get; init; }

    [Description("Where an agent's key may stand.")]
    [Words(nameof(Files.Words.KeySources))]
    public IReadOnlyList<string>? AgentKey { get; init; }

    [Description("Secrets of the upstream, by id.")]
    [Schema(Pattern.ById)]
    public IReadOnlyDictionary<string, CredentialShape>? Credentials { get; init; }

    [Description("Id of the credential that is added to calls; a rule may name another.")]
    public string? Credential { get; init; }

    [Description("What happens to a call that no rule matches; deny where nothing is said.")]
    public Effect? Default { get; init; }

    [Description("Who approves where a rule does not say.")]
    public ApprovalShape? Approval { get; init; }

    [Description("The order of rules means nothing.")]
    [MayBeEmpty]
    public IReadOnlyList<RuleShape>? Rules { get; init; }

    [Description("Headers that may differ between identical calls.")]
    [Pattern(Pattern.HeaderName)]
    public IReadOnlyList<string>? VolatileHeaders { get; init; }

    [Description("What an agent gets when its hold ends and nobody has decided.")]
    public WhenPending? WhenPending { get; init; }

    [Description("How long a privileged call is held: 50s.")]
    [Span("0s", "10m")]
    public string? Hold { get; init; }

    [Description("The most of a body that is read: 1MiB.")]
    [Size("64MiB")]
    public string? MaxBody { get; init; }

    [Description("What is accepted although servers are known to read it differently.")]
    [Words(nameof(Files.Words.Accepted))]
    public IReadOnlyList<string>? Accept { get; init; }

    [Description("Whether the upstream ignores the case of letters in paths.")]
    [Words(nameof(Files.Words.PathCases))]
    public string? PathCase { get; init; }

    [Description("How often each agent may call.")]
    public RateShape? Rate { get; init; }

    [Description("Where reviewers are told of every ticket of this route: teams:security-approvals.")]
    [Pattern(Pattern.Notify)]
    public IReadOnlyList<string>? Notify { get; init; }

    [Description("What is expected of the rules: aiaccess policy test.")]
    public IReadOnlyList<TestShape>? Tests { get; init; }
}
