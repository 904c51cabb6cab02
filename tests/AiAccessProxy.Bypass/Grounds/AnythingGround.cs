using AiAccessProxy.Bypass.Harness;
using AiAccessProxy.Bypass.Models;

namespace AiAccessProxy.Bypass.Grounds;

/// <summary>A route that lets everything through that has one meaning: to see that it arrives as it was sent.</summary>
internal sealed class AnythingGround : Ground
{
    public override string Name => "anything";

    public override IReadOnlyList<Spelling> Starts { get; } =
    [
        Spelling.Of("GET", "/a/b/c"), Spelling.Of("POST", "/a?b=c&d", ("X-Env", "x")), Json("PUT", "/a/", """{"a":1}"""), Spelling.Of("DELETE", "/", ("Accept", "text/html, */*;q=0.1")),
    ];

    protected override string Rules => """
        default: allow
        rules: []
        """;

    public override bool IsPrivileged(SeenAction action) => false;
}
