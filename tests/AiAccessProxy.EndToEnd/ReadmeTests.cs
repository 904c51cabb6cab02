using System.ClientModel;
using System.Text.Json;
using System.Text.RegularExpressions;
using AiAccessProxy.EndToEnd.Harness;
using AiAccessProxy.Tests.Ledger.Redis;
using OpenAI;
using OpenAI.Chat;

namespace AiAccessProxy.EndToEnd;

/// <summary>A newcomer follows the README from the first command to the last.</summary>
public partial class ReadmeTests
{
    private const string EverythingPasses = """
        - id: everything
          match: { methods: [GET, POST], paths: ["/**"] }
          effect: allow
        """;

    private static readonly string Text = File.ReadAllText(Path.Combine(Built.Root, "README.md"));

    [Fact]
    public async Task Every_command_in_it_does_what_it_says()
    {
        using var scratch = new Scratch();
        await using var upstream = new RawUpstream();
        var book = new Handbook(scratch.Root) { Environment = { ["PAYMENTS_TOKEN"] = "upstream-secret" } };
        Assert.Contains("everything is on record", await book.RunAsync("dotnet run", "--auto approve"), StringComparison.Ordinal);

        var (agent, grace) = (await book.RunAsync("aiaccess agents key"), await book.RunAsync("aiaccess people key"));
        Install(scratch.Folder("policies"), upstream.Address, agent.Split('\n')[1], grace.Split('\n')[1]);
        Assert.Contains("is right", await book.RunAsync("aiaccess policy check"), StringComparison.Ordinal);
        Assert.Contains("1 passed, 0 failed", await book.RunAsync("aiaccess policy test"), StringComparison.Ordinal);

        await using var proxy = book.Start("aiaccess serve", "--gate:url http://127.0.0.1:0 --control:url http://127.0.0.1:0");
        var entrance = new Uri((await proxy.LineAsync("agents "))[6..].Trim());
        book.Environment["AIACCESS_URL"] = (await proxy.LineAsync("console "))[7..].Trim();
        book.Environment["AIACCESS_TOKEN"] = grace.Split('\n')[0];
        Assert.StartsWith("http", (await proxy.LineAsync("sign in "))[7..].Trim(), StringComparison.Ordinal);

        using var bot = new Agent(entrance, new Key(agent.Split('\n')[0]));
        var refund = bot.SendAsync("POST", "/payments/v1/charges/ch_1/refunds", """{"amount":20000,"currency":"EUR"}""", default, ("AiAccess-Reason", "agreed"));
        using var console = new Reviewer(new Uri(book.Environment["AIACCESS_URL"]!), "grace", new Key(grace.Split('\n')[0]));
        book.Environment["TICKET"] = await console.OnlyPendingAsync();
        Assert.Contains("Refund 20000 EUR on charge ch_1", await book.RunAsync("aiaccess tickets list"), StringComparison.Ordinal);
        Assert.Contains("""{"amount":20000,"currency":"EUR"}""", await book.RunAsync("aiaccess tickets show"), StringComparison.Ordinal);
        await book.RunAsync("aiaccess tickets approve");
        Assert.Equal(200, (await refund).Status);
        Assert.Single(upstream.Requests);
        Assert.Contains("ticket.executing", await book.RunAsync("aiaccess ledger show"), StringComparison.Ordinal);

        book.Environment["KEY"] = agent.Split('\n')[0];
        var curl = book.Take("curl ").Replace("http://127.0.0.1:8080/", entrance.ToString(), StringComparison.Ordinal);
        await using var curled = ChildProcess.Start("/bin/bash", ["-euc", curl], book.Environment);
        Assert.Equal(0, await curled.ExitAsync(Eventually.Generous));
        Assert.Equal("request 2", curled.Output);

        await using var redis = await RedisServer.StartAsync();
        await book.RunAsync("export AIACCESS__LEDGER__REDIS__SECRETS");
        (book.Environment["REDIS"], book.Environment["AIACCESS__LEDGER__REDIS__SECRETS"]) = (redis.Address, Key.New().Text);
        await using var shared = book.Start("aiaccess serve --policies policies --redis", "--gate:url http://127.0.0.1:0 --control:url http://127.0.0.1:0");
        Assert.StartsWith("http", (await shared.LineAsync("agents "))[6..].Trim(), StringComparison.Ordinal);

        // This very test is run by it.
        await using var runnable = ChildProcess.Start("/bin/bash", ["-c", $"cd '{Built.Root}'; test -x {book.Take("./test.sh")}"]);
        Assert.Equal(0, await runnable.ExitAsync(Eventually.Generous));
        Assert.Empty(book.Left);
    }

    [Fact]
    public async Task The_OpenAI_SDK_works_as_it_shows()
    {
        await using var openai = await FakeOpenAi.StartAsync();
        await using var world = await World.StartAsync(policies => policies.Route("openai", openai.Address, EverythingPasses, $$"""
            agent_key: [authorization]
            credentials: { live: { type: header, name: Authorization, value: "Bearer {{FakeOpenAi.Key}}" } }
            credential: live
            """));
        var (proxy, key) = (world.Proxy.Agents, world.Policies.Bot.Text);
        var chat = new ChatClient("any-model", new ApiKeyCredential(key), new OpenAIClientOptions { Endpoint = new Uri(proxy, "openai/v1") });

        openai.SendNextPart();
        openai.SendNextPart();
        openai.SendNextPart();
        var said = "";
        await foreach (var update in chat.CompleteChatStreamingAsync([new UserChatMessage("What time is it?")]))
            said += string.Concat(update.ContentUpdate.Select(part => part.Text));
        Assert.Equal("Half past nine", said);
    }

    [Fact]
    public async Task HttpClient_works_as_it_shows()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("payments", upstream.Address, EverythingPasses));
        var (proxy, key) = (world.Proxy.Agents, world.Policies.Bot.Text);
        using var api = new HttpClient { BaseAddress = new Uri(proxy, "payments/"), Timeout = TimeSpan.FromMinutes(2) };
        api.DefaultRequestHeaders.Add("AiAccess-Token", key);
        api.DefaultRequestHeaders.Add("AiAccess-Reason", "the customer asked for it");

        Assert.Equal("request 1", await api.GetStringAsync("v1/charges"));
        Assert.DoesNotContain(Assert.Single(upstream.Requests).Headers, field => field.Name.StartsWith("AiAccess", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_refusal_has_the_members_that_it_shows()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("payments", upstream.Address, Rules.WritesWait, "hold: 0s"));
        var shown = JsonDocument.Parse(RefusalBlock().Match(Text).Groups[1].Value).RootElement;

        var told = (await world.Agent().DeleteAsync("/payments/v1/charges/1")).Json;

        Assert.Equal(Names(shown), Names(told));
        Assert.StartsWith(shown.GetProperty("detail").GetString()!.TrimEnd('…'), told.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    /// <summary>The example policies with this test's upstream in them, and the lines that the commands printed where the README says they go.</summary>
    private static void Install(string folder, Uri upstream, string agentLine, string personLine)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Built.Root, "policies"), "*.yaml"))
        {
            var text = File.ReadAllText(file).Replace("https://payments.internal", upstream.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);
            text = Path.GetFileName(file) switch
            {
                "agents.yaml" => AgentKeys().Replace(text, agentLine),
                "people.yaml" => GracesKeys().Replace(text, $"$1{personLine}"),
                _ => text,
            };
            File.WriteAllText(Path.Combine(folder, Path.GetFileName(file)), text);
        }
    }

    /// <summary>Every name with the path to it, in order.</summary>
    private static IEnumerable<string> Names(JsonElement json, string path = "") => json.ValueKind != JsonValueKind.Object
        ? []
        : json.EnumerateObject().SelectMany(member => Names(member.Value, $"{path}/{member.Name}").Prepend($"{path}/{member.Name}")).Order();

    [GeneratedRegex(@"keys: \[.*\]")]
    private static partial Regex AgentKeys();

    [GeneratedRegex(@"(id: grace, name: Grace, )keys: \[.*?\]")]
    private static partial Regex GracesKeys();

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex RefusalBlock();
}
