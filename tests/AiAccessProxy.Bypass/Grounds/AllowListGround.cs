using AiAccessProxy.Bypass.Harness;
using AiAccessProxy.Bypass.Models;

namespace AiAccessProxy.Bypass.Grounds;

/// <summary>Nothing passes but what a rule names: an adversary dresses something else up as one of these.</summary>
/// <param name="accepted">What the route accepts by name, if anything.</param>
internal sealed class AllowListGround(OptIn? accepted = null) : Ground
{
    public override string Name => "closed";

    public override bool Counts(UpstreamModel upstream) => accepted?.IsUnsafe(upstream.Habits) is not true;

    public override IReadOnlyList<Spelling> Starts { get; } =
    [
        Spelling.Of("GET", "/public/a/b"), Spelling.Of("GET", "/v1/users/bob"), Spelling.Of("POST", "/v1/search?scope=own"),
        Spelling.Of("PUT", "/files/7/content", ("X-Mode", "safe")), Json("POST", "/v1/transfers", """{"amount":5,"to":"x"}"""),
        Spelling.Of("GET", "/public/admin"), Spelling.Of("POST", "/v1/search?scope=own&q=x"),
        // These do not pass.
        Spelling.Of("GET", "/admin/users"), Spelling.Of("DELETE", "/v1/users/bob"), Spelling.Of("POST", "/v1/search?scope=all"),
        Spelling.Of("PUT", "/files/7/content", ("X-Mode", "force")), Json("POST", "/v1/transfers", """{"amount":20000,"to":"x"}"""),
        Spelling.Of("GET", "/publication/x"), Spelling.Of("GET", "/v1/users"),
    ];

    protected override string Rules => $$"""
        {{(accepted is null ? "" : $"accept: [{accepted.Name}]")}}
        default: deny
        rules:
          - { id: public, match: { methods: [GET], paths: ["/public/**"] }, effect: allow }
          - { id: user, match: { methods: [GET], paths: ["/v1/users/{user}"] }, effect: allow }
          - id: search
            match: { methods: [POST], paths: ["/v1/search"], where: [{ field: query.scope, equals: own }] }
            effect: allow
          - id: file
            match: { methods: [PUT], paths: ["/files/{file}/content"], where: [{ field: header.x-mode, equals: safe }] }
            effect: allow
          - id: transfer
            match: { methods: [POST], paths: ["/v1/transfers"], where: [{ field: body.amount, lte: 100 }] }
            effect: allow
        """;

    public override bool IsPrivileged(SeenAction action) =>
        !((action.Method == "GET" && action.Begins("public"))
            || (action.Method == "GET" && action.Is("v1", "users", "*"))
            || (action.Method == "POST" && action.Is("v1", "search") && action.Query("scope") == "own")
            || (action.Method == "PUT" && action.Is("files", "*", "content") && action.Header("X-Mode") == "safe")
            || (action.Method == "POST" && action.Is("v1", "transfers") && Number(action.Json("amount")) <= 100));
}
