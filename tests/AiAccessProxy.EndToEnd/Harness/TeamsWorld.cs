using Microsoft.Playwright;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>
/// A proxy whose reviewers are in Teams: joan's client, with a chat, a group chat and a channel, and grace's with a chat. One for all stories of a
/// class; each of them asks for a refund on a charge of its own.
/// </summary>
public sealed class TeamsWorld : IAsyncLifetime
{
    private readonly Browser _browser = new();
    private readonly Scratch _scratch = new();
    private readonly RawUpstream _upstream = new();
    private readonly List<Playground> _playgrounds = [];

    internal World World { get; private set; } = null!;

    internal TeamsClient Joan { get; private set; } = null!;

    internal TeamsClient Grace { get; private set; } = null!;

    /// <summary>A call that nobody decides: its time runs while the other stories are told.</summary>
    internal Task<Answer> Undecided { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await _browser.InitializeAsync();
        World = await World.StartAsync(
            policies => policies.InEntra(Playground.ObjectIdOf).Route("payments", _upstream.Address, string.Concat(
                Refunds("personal", "teams:person.joan"), Refunds("group", "teams:group"), Refunds("channel", "teams:channel"),
                Refunds("both", "teams:person.joan, teams:person.grace", approvals: 2), Refunds("soon", "teams:person.joan", within: "25s"),
                Refunds("critical", "teams:person.joan", risk: "critical"))),
            [.. Playground.Settings, "--teams:places:0", "group=a-group-chat", "--teams:places:1", "channel=a-channel"]);
        Joan = await ClientOfAsync("joan");
        Undecided = RefundAsync("soon", "ch_soon");
        Grace = await ClientOfAsync("grace");
    }

    /// <summary>The agent asks, and waits as long as it is held.</summary>
    internal async Task<Answer> RefundAsync(string kind, string charge, Key? key = null, params (string Name, string Value)[] headers) =>
        await World.Agent(key).SendAsync(
            "POST", $"/payments/{kind}/charges/{charge}/refunds", """{"amount":12000,"currency":"EUR","card":"4111111111111111"}""",
            TestContext.Current.CancellationToken, [("AiAccess-Reason", "customer was charged twice"), .. headers]);

    /// <summary>How often the upstream was asked for it.</summary>
    internal int Refunded(string charge) => _upstream.Requests.Count(request => request.Target.Contains($"/{charge}/", StringComparison.Ordinal));

    /// <summary>The bot is added to a conversation when it is opened.</summary>
    internal Task AddedToAsync(string conversation) => World.Story.AllAsync(
        records => records.Any(record => record.Kind == "channel.installed" && record.Detail?.EndsWith($" {conversation}", StringComparison.Ordinal) == true),
        $"the bot is known to be in {conversation}");

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        foreach (var playground in _playgrounds) await playground.DisposeAsync();
        if (World is not null) await World.DisposeAsync();
        await _upstream.DisposeAsync();
        _scratch.Dispose();
    }

    private async Task<TeamsClient> ClientOfAsync(string person)
    {
        var playground = await Playground.StartAsync(_scratch.Folder($"playground-{person}"), World.Proxy.Console, person);
        _playgrounds.Add(playground);
        // Wide enough for the list of chats to be there.
        var page = await _browser.NewPageAsync(new BrowserNewContextOptions { ViewportSize = new() { Width = 1500, Height = 1200 } });
        page.SetDefaultTimeout((float)Eventually.Generous.TotalMilliseconds);
        await page.GotoAsync(playground.Address.AbsoluteUri);
        await AddedToAsync($"a-chat-of-{person}");
        return new(page);
    }

    private static string Refunds(string kind, string notify, int approvals = 1, string within = "10m", string risk = "high") => $$"""
        - id: refund-{{kind}}
          action: payment.refund
          match: { methods: [POST], paths: ["/{{kind}}/charges/{charge}/refunds"] }
          effect: require_approval
          risk: {{risk}}
          summary: "Refund {body.amount} {body.currency} on charge {path.charge}"
          show: [body.amount, body.currency]
          redact: [body.card]
          notify: [{{notify}}]
          approval:
            need: [{ approvals: {{approvals}}, from: [group:reviewers] }]
            decide_within: {{within}}
            use_within: 10m

        """;
}
