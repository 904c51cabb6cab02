using AiAccessProxy.Bypass.Harness;
using AiAccessProxy.Bypass.Models;

namespace AiAccessProxy.Bypass.Grounds;

/// <summary>Everything passes but what a rule names: the kind of policy that a spelling slips through most easily.</summary>
/// <param name="accepted">What the route accepts by name: that is for allow rules, and takes nothing from what is kept back here.</param>
internal sealed class DenyListGround(string accepted = "") : Ground
{
    public override string Name => "open";

    public override IReadOnlyList<Spelling> Starts { get; } =
    [
        Spelling.Of("GET", "/admin/users"), Spelling.Of("POST", "/admin/keys/rotate"), Spelling.Of("GET", "/admin"),
        Spelling.Of("POST", "/v1/charges/ch_1/refunds"), Spelling.Of("DELETE", "/repos/acme/prod"),
        Spelling.Of("PUT", "/orgs/acme/memberships/bob"), Spelling.Of("PATCH", "/orgs/acme/memberships/bob"),
        Spelling.Of("POST", "/v1/jobs/7?force=true"), Spelling.Of("POST", "/v1/jobs/7?a=b&force=true&c=d"),
        Spelling.Of("POST", "/v1/deploys", ("X-Env", "production")), Spelling.Of("GET", "/v1/keys/root"),
        Json("POST", "/v1/transfers", """{"amount":20000,"to":"x"}"""),
        // These pass; what an upstream makes of them in another spelling may not.
        Spelling.Of("GET", "/v1/charges/ch_1"), Spelling.Of("POST", "/v1/jobs/7?force=false"), Spelling.Of("POST", "/repos/acme/prod"),
        Spelling.Of("POST", "/v1/deploys", ("X-Env", "staging")), Json("POST", "/v1/transfers", """{"amount":5,"to":"x"}"""),
    ];

    protected override string Rules => $$"""
        {{(accepted.Length == 0 ? "" : $"accept: [{accepted}]")}}
        default: allow
        rules:
          - { id: admin, match: { paths: ["/admin/**"] }, effect: deny }
          - { id: refund, match: { methods: [POST], paths: ["/v1/charges/{charge}/refunds"] }, effect: require_approval }
          - { id: delete-repo, match: { methods: [DELETE], paths: ["/repos/{owner}/{repo}"] }, effect: deny }
          - { id: member, match: { methods: [PUT, PATCH], paths: ["/orgs/{org}/memberships/{user}"] }, effect: require_approval }
          - id: force
            match: { methods: [POST], paths: ["/v1/jobs/{job}"], where: [{ field: query.force, equals: "true" }] }
            effect: deny
          - id: deploy
            match: { methods: [POST], paths: ["/v1/deploys"], where: [{ field: header.x-env, equals: production }] }
            effect: deny
          - { id: root-key, match: { paths: ["/v1/keys/root"] }, effect: deny }
          - id: transfer
            match:
              methods: [POST]
              paths: ["/v1/transfers"]
              any: [{ where: [{ field: body.amount, gt: 10000 }] }, { where: [{ field: body.amount, exists: false }] }]
            effect: deny
        """;

    public override bool IsPrivileged(SeenAction action) =>
        action.Begins("admin")
        || (action.Method == "POST" && action.Is("v1", "charges", "*", "refunds"))
        || (action.Method == "DELETE" && action.Is("repos", "*", "*"))
        || (action.Method is "PUT" or "PATCH" && action.Is("orgs", "*", "memberships", "*"))
        || (action.Method == "POST" && action.Is("v1", "jobs", "*") && action.Query("force") == "true")
        || (action.Method == "POST" && action.Is("v1", "deploys") && action.Header("X-Env") == "production")
        || action.Is("v1", "keys", "root")
        || (action.Method == "POST" && action.Is("v1", "transfers") && Number(action.Json("amount")) is (null or > 10000));
}
