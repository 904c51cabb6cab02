using System.Net.Sockets;
using System.Text;
using AiAccessProxy.EndToEnd.Harness;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.EndToEnd;

/// <summary>A body comes as slowly as its agent likes: what is in force when all of it is there decides.</summary>
public class SlowBodyTests
{
    private const string LooksInside = """
        - id: read
          match: { methods: [GET], paths: ["/**"] }
          effect: allow
        - id: small
          match: { methods: [POST], paths: ["/things/{token}"], where: [{ field: body.n, lte: 9 }] }
          effect: allow
          redact: [path.token]

        """;

    [Fact]
    public async Task Rules_that_change_while_a_body_comes_in_decide_it()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, LooksInside));
        using var agent = new TcpClient();
        var begun = await BeginAsync(world, agent);

        world.Policies.Route("api", upstream.Address, LooksInside.Replace("effect: allow\n  redact", "effect: deny\n  redact", StringComparison.Ordinal));
        await LoadedAsync(world);

        Assert.Contains("403", await EndAsync(begun), StringComparison.Ordinal);
        Assert.DoesNotContain(upstream.Requests, request => request.Body.Length > 0);
    }

    [Fact]
    public async Task A_key_that_is_taken_away_while_a_body_comes_in_sends_nothing()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, LooksInside));
        using var agent = new TcpClient();
        var begun = await BeginAsync(world, agent);

        var agents = await File.ReadAllTextAsync(Path.Combine(world.Policies.Path, "agents.yaml"), TestContext.Current.CancellationToken);
        world.Policies.Write("agents.yaml", agents.Replace(world.Policies.Bot.Sha256, Key.New().Sha256, StringComparison.Ordinal));
        await LoadedAsync(world);

        Assert.Contains("401", await EndAsync(begun), StringComparison.Ordinal);
        Assert.DoesNotContain(upstream.Requests, request => request.Body.Length > 0);
    }

    [Fact]
    public async Task A_call_whose_path_became_another_routes_while_its_body_came_in_goes_nowhere()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, LooksInside));
        using var agent = new TcpClient();
        var begun = await BeginAsync(world, agent);

        var api = await File.ReadAllTextAsync(Path.Combine(world.Policies.Path, "api.yaml"), TestContext.Current.CancellationToken);
        world.Policies.Write("deeper.yaml", api.Replace("route: api", "route: deeper", StringComparison.Ordinal)
            .Replace("prefix: /api", "prefix: /api/things", StringComparison.Ordinal));
        await LoadedAsync(world);

        Assert.Contains("404", await EndAsync(begun), StringComparison.Ordinal);
        Assert.DoesNotContain(upstream.Requests, request => request.Body.Length > 0);
    }

    [Fact]
    public async Task What_rules_redact_is_on_no_record_of_a_call_whose_body_was_refused()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, LooksInside));
        var bot = world.Agent();

        Assert.Equal(415, (await bot.PostAsync("/api/things/s3cr3t", "no JSON")).Status);
        Assert.Equal(413, (await bot.PostAsync("/api/things/s3cr3t", new string(' ', 1_200_000))).Status);

        var refused = (await world.Story.AllAsync()).Where(record => record.Kind == RecordKind.Refused).ToList();
        Assert.Equal(2, refused.Count);
        Assert.All(refused, record => Assert.StartsWith("/things/[redacted path.token, 6 bytes", record.Action!.Target, StringComparison.Ordinal));
    }

    /// <summary>All but the last byte. It is long, so that the server does not take the pause for a client that is too slow.</summary>
    private static async Task<NetworkStream> BeginAsync(World world, TcpClient agent)
    {
        var request = RawAgent.Request(
            "POST /api/things/1 HTTP/1.1",
            [("Host", "api"), ("AiAccess-Token", world.Policies.Bot.Text), ("Content-Type", "application/json"), ("Connection", "close")],
            Encoding.ASCII.GetBytes($$"""{"n":{{new string(' ', 100_000)}}1}"""));
        await agent.ConnectAsync(world.Proxy.Agents.Host, world.Proxy.Agents.Port);
        var stream = agent.GetStream();
        await stream.WriteAsync(request.AsMemory(0, request.Length - 1));
        // On the same rules: once this one is answered, the head of the other has been read.
        Assert.Equal(200, (await world.Agent().GetAsync("/api/things")).Status);
        return stream;
    }

    private static async Task<string> EndAsync(NetworkStream begun)
    {
        await begun.WriteAsync("}"u8.ToArray());
        using var answer = new StreamReader(begun, Encoding.ASCII);
        return await answer.ReadLineAsync() ?? "";
    }

    private static Task LoadedAsync(World world) =>
        world.Story.AllAsync(records => records.Count(record => record.Kind == RecordKind.PolicyLoaded) == 2, "the new rules are in force");
}
