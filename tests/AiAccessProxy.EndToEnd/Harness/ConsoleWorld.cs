namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>A proxy with something on every page of its console.</summary>
internal static class ConsoleWorld
{
    private const string Payments = """
        - id: read
          match: { methods: [GET, HEAD], paths: ["/v1/**"] }
          effect: allow
          rate: { calls: 600, within: 1m }
        - id: refund-small
          match:
            methods: [POST]
            paths: ["/v1/charges/{charge}/refunds"]
            where: [{ field: body.amount, lte: 10000 }]
          effect: allow
        - id: refund-large
          action: payment.refund
          match:
            methods: [POST]
            paths: ["/v1/charges/{charge}/refunds"]
            any:
              - where: [{ field: body.amount, gt: 10000 }]
              - where: [{ field: body.amount, exists: false }]
          effect: require_approval
          risk: high
          summary: "Refund {body.amount} {body.currency} on charge {path.charge}"
          show: [body.amount, body.currency]
          redact: [body.card]
          approval:
            need: [{ approvals: 1, from: [group:reviewers] }]
            decide_within: 2h
            use_within: 10m
          controls: ["ISO27001:A.8.2", "SOC2:CC6.3"]
        - id: account-close
          action: account.close
          match: { methods: [DELETE], paths: ["/v1/accounts/{account}"], not: { agents: [other] } }
          effect: require_approval
          risk: critical
          summary: "Close the account {path.account} for good"
          approval:
            need: [{ approvals: 2, from: [group:reviewers] }, { approvals: 1, from: [person:mallory] }]
            decide_within: 8h
            use_within: 10m
        - id: keys-never
          match: { paths: ["/v1/keys", "/v1/keys/**"] }
          effect: deny
        - id: payouts-watched
          match: { methods: [GET], paths: ["/v1/payouts/**"], time: { days: [sat, sun], zone: UTC } }
          effect: require_approval
          risk: low
          observe: true
          approval:
            need: [{ approvals: 1, from: [group:reviewers] }]
            decide_within: 1h
            use_within: 10m

        """;

    public static Task<World> StartAsync(RawUpstream upstream) => World.StartAsync(
        policies => policies.Route("payments", upstream.Address, Payments).Route("wiki", upstream.Address, Rules.WritesWait));

    /// <summary>Calls that were allowed, denied, are waiting, were decided; an agent that is suspended. What is waiting is the answer.</summary>
    /// <returns>A ticket that is pending, a critical one, and one that was sent.</returns>
    public static async Task<(string Pending, string Critical, string Sent)> FillAsync(World world)
    {
        var (bot, forJoan, other, grace) = (world.Agent(), world.Agent(world.Policies.BotForJoan), world.Agent(world.Policies.Other), world.Reviewer("grace"));
        foreach (var charge in Enumerable.Range(1, 4)) await bot.GetAsync($"/payments/v1/charges/ch_{charge}");
        await bot.GetAsync("/payments/v1/payouts/po_1");
        await other.GetAsync("/payments/v1/keys");
        var denied = await AskAsync(world, forJoan, "POST", "/wiki/pages/12", """{"title":"Prices"}""", "the page is out of date");
        await grace.DenyAsync(denied, "Prices are marketing's; ask them first.");
        var sent = await AskAsync(world, bot, "POST", "/payments/v1/charges/ch_7/refunds", """{"amount":12000,"currency":"EUR","card":"4111111111111111"}""", "customer was charged twice");
        await grace.ApproveAsync(sent);
        await bot.PostAsync("/payments/v1/charges/ch_7/refunds", """{"amount":12000,"currency":"EUR","card":"4111111111111111"}""");
        var pending = await AskAsync(world, forJoan, "POST", "/payments/v1/charges/ch_9/refunds", """{"amount":48000,"currency":"EUR","card":"4111111111111111"}""", "goods came back, case 4711");
        var critical = await AskAsync(world, bot, "DELETE", "/payments/v1/accounts/acc_31", null, "closing was asked for by its owner");
        await AskAsync(world, other, "PUT", "/wiki/pages/3", """{"title":"Holidays"}""", "new year, new days");
        return (pending, critical, sent);
    }

    private static async Task<string> AskAsync(World world, Agent agent, string method, string target, string? json, string reason)
    {
        var before = await world.Reviewer("grace").PendingAsync();
        await agent.SendAsync(method, target, json, TestContext.Current.CancellationToken, ("Prefer", "respond-async"), ("AiAccess-Reason", reason));
        return (await world.Reviewer("grace").PendingAsync()).Except(before).Single();
    }
}
