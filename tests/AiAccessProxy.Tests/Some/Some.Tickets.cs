using AiAccessProxy.Actions;
using AiAccessProxy.Approvals;
using AiAccessProxy.Approvals.Showing;
using AiAccessProxy.People;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests;

internal static partial class Some
{
    /// <summary>ada owns the agent, joan is whom it acts for, and both are in finance too.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Groups = new Dictionary<string, IReadOnlyList<string>>
    {
        ["finance"] = ["ada", "joan", "grace", "heidi", "ivan"],
        ["security"] = ["judy", "grace"],
    };

    public static Person Person(string id) => new(id, id, null, []);

    public static Ballot Ballot(string person, bool approve = true, string? reason = null) =>
        new(Person(person), approve, reason, "console", "key:laptop");

    /// <summary>Rules in force: their hash, and who is in which group.</summary>
    public static PolicySnapshot Rules(
        string hash = "policy-1", IReadOnlyDictionary<string, IReadOnlyList<string>>? groups = null, string owner = "ada", int agents = 1) => new()
        {
            Hash = hash,
            Routes = [],
            Agents = new([.. Enumerable.Range(0, agents).Select(i =>
                (Agent(AgentId(i), owner), (IReadOnlyList<AiAccessProxy.Agents.AgentKey>)[AgentKey($"secret-{i}", onBehalfOf: "joan")]))]),
            People = new([.. new[] { "ada", "joan", "grace", "heidi", "ivan", "judy", "mallory" }.Select(Person)], groups ?? Groups),
        };

    public static string AgentId(int number) => number == 0 ? "billing-bot" : $"billing-bot-{number}";

    public static Requirement Requirement(params Need[] needs) => new()
    {
        ActionName = "payment.refund",
        Risk = Risk.High,
        Summary = ["Refund 20000 EUR"],
        Needs = needs.Length == 0 ? [new(1, ["group:finance"])] : needs,
        Require = [],
        Show = [],
        DecideWithin = TimeSpan.FromMinutes(30),
        UseWithin = TimeSpan.FromMinutes(10),
        Controls = ["SOC2:CC6.3"],
        Fingerprint = "fingerprint-1",
    };

    /// <summary>A call that needs approval.</summary>
    public static Bound Waitable(
        string target = "/v1/charges/ch_1/refunds", string? key = null, Requirement? requirement = null, int agent = 0, Claims? claims = null)
    {
        var action = Action("POST", target, Body("""{"amount":20000}"""), new HeaderField("Content-Type", "application/json"));
        var named = action with { Head = action.Head with { IdempotencyKey = key, Claims = claims ?? new("because", null, null, null, null) } };
        var caller = Caller(AgentId(agent), "joan");
        var (upstream, credential) = (Upstream(), Credential());
        var bound = new BoundAction(
            caller, "payments", named, upstream, credential, ActionDigest.Over(caller, "payments", named, upstream, credential, Plan()));
        return new(
            bound, new Decision.RequireApproval(requirement ?? Requirement()) { Rules = [new("refund-large", ["it is large"], false)] }, "policy-1");
    }

    public static Ticket Ticket(IReadOnlyList<Need>? needs = null, DateTimeOffset? opened = null, ShownCall? shown = null)
    {
        var at = opened ?? DateTimeOffset.UnixEpoch;
        return new()
        {
            Id = new("t_0198"),
            Status = TicketStatus.Pending,
            Agent = new("billing-bot", "ada", "joan", "key:k1"),
            Action = new() { Route = "payments", Method = "POST", Target = "/v1/charges", Digest = "digest" },
            IdempotencyKey = null,
            Risk = Risk.High,
            Summary = [],
            Rules = [],
            Needs = needs ?? [new(1, ["group:finance"])],
            Claims = new Dictionary<string, string>(),
            Controls = [],
            Policy = "policy-1",
            Fingerprint = "fingerprint-1",
            Trace = null,
            Opened = at,
            DecideBy = at + TimeSpan.FromMinutes(30),
            UseWithin = TimeSpan.FromMinutes(10),
            Shown = shown ?? new([], null, [], 0),
        };
    }
}
