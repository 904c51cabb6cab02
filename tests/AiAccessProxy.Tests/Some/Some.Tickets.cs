using AiAccessProxy.Actions;
using AiAccessProxy.Agents;
using AiAccessProxy.Approvals;
using AiAccessProxy.Approvals.Showing;
using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Conditions;
using AiAccessProxy.Policies.Wording;

namespace AiAccessProxy.Tests;

internal static partial class Some
{
    /// <summary>ada owns the agent, joan is whom it acts for, and both are in finance too.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Groups = new Dictionary<string, IReadOnlyList<string>>
    {
        ["finance"] = ["ada", "joan", "grace", "heidi", "ivan"],
        ["security"] = ["judy", "grace"],
    };

    public static Ballot Ballot(string person, bool approve = true, string? reason = null) =>
        new(Person(person), approve, reason, "console", "key:laptop");

    /// <summary>A rule of route payments that every call matches and that somebody of finance has to approve.</summary>
    public static Rule ApprovalRule(params Need[] needs) => new()
    {
        Id = "refund-large",
        Effect = Effect.RequireApproval,
        Match = new Condition.All([]),
        Action = SummaryTemplate.TryParse("payment.refund", out var name, out _) ? name : null,
        Approval = new(needs is [] ? [new(1, ["group:finance"])] : needs, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(10)),
        Controls = ["SOC2:CC6.3"],
        Content = "content-1",
    };

    /// <summary>Rules in force: one route with one rule, agents with one key each that act for joan, and who is in which group.</summary>
    public static PolicySnapshot Rules(
        Rule? rule = null, IReadOnlyDictionary<string, IReadOnlyList<string>>? groups = null, string owner = "ada", int agents = 1, bool suspended = false) => new()
        {
            Hash = Guid.NewGuid().ToString("n"),
            Routes =
            [
                new()
                {
                    Id = "payments",
                    Prefix = "/payments",
                    Upstream = Upstream(),
                    Reading = Plan(),
                    WhenPending = WhenPending.Refuse,
                    Hold = null,
                    Credential = Credential(),
                    Rules = [rule ?? ApprovalRule()],
                },
            ],
            Agents = new AgentDirectory([.. Enumerable.Range(0, agents).Select(i =>
                (Agent(AgentId(i), owner), (IReadOnlyList<AgentKey>)[AgentKey($"secret-{i}", onBehalfOf: "joan")]))])
                .With(suspended
                    ? AgentRoster.Empty.With(new AgentStanding(AgentId(0)) { Suspended = new("mallory", DateTimeOffset.UnixEpoch, null) }, 1)
                    : AgentRoster.Empty),
            People = new([.. new[] { "ada", "joan", "grace", "heidi", "ivan", "judy", "mallory" }.Select(id => Person(id))], groups ?? Groups),
        };

    public static string AgentId(int number) => number == 0 ? "billing-bot" : $"billing-bot-{number}";

    /// <summary>A call on route payments as <paramref name="rules"/> decide it: by default it needs approval.</summary>
    public static Bound Waitable(
        string target = "/v1/charges/ch_1/refunds", string? key = null, int agent = 0, Claims? claims = null, PolicySnapshot? rules = null)
    {
        var action = Action("POST", target, Body("""{"amount":20000}"""), new HeaderField("Content-Type", "application/json"));
        var head = action.Head with { IdempotencyKey = key, Claims = claims ?? new("because", null, null, null, null) };
        var inForce = rules ?? Rules();
        return inForce.Decide(inForce.Routes[0], CallerBy($"secret-{agent}", AgentId(agent), "joan"), action with { Head = head }, Moment);
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
