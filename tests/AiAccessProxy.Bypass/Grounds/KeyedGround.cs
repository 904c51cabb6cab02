using AiAccessProxy.Bypass.Harness;
using AiAccessProxy.Bypass.Models;

namespace AiAccessProxy.Bypass.Grounds;

/// <summary>A route that adds a credential: an adversary wants its own to count instead.</summary>
internal sealed class KeyedGround : Ground
{
    private const string Secret = "secret-of-the-upstream";

    public override string Name => "keyed";

    public override string? CredentialHeader => "X-Upstream-Key";

    public override IReadOnlyList<Spelling> Starts { get; } =
    [
        Spelling.Of("GET", "/things", ("X-Upstream-Key", "of-the-agent")), Spelling.Of("POST", "/things", ("X_Upstream_Key", "of-the-agent")),
        Spelling.Of("GET", "/things", ("X-Upstream_Key", "of-the-agent"), ("Connection", "X-Upstream-Key")),
    ];

    protected override string Rules => $$"""
        credentials:
          live: { type: header, name: {{CredentialHeader}}, value: "{{Secret}}" }
        credential: live
        default: allow
        rules: []
        """;

    public override bool IsPrivileged(SeenAction action) => action.Header(CredentialHeader!) != Secret;
}
