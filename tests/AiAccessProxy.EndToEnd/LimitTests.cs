using AiAccessProxy.EndToEnd.Harness;

namespace AiAccessProxy.EndToEnd;

/// <summary>Whoever meets a limit is told which one it was, and everybody else goes on.</summary>
public class LimitTests
{
    private const string LooksInside = Rules.ReadsPass + """
        - id: small
          match: { methods: [POST], paths: ["/**"], where: [{ field: body.n, lte: 9 }] }
          effect: allow

        """;

    [Fact]
    public async Task A_head_over_its_limits_is_told_which_one_over_both_versions_of_HTTP()
    {
        using var tls = new PlaneTls();
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(
            policies => policies.Route("api", upstream.Address, Rules.ReadsPass),
            [.. tls.Settings, "--gate:limits:target", "200", "--gate:limits:headers", "20", "--gate:limits:headerBytes", "2000"]);
        foreach (var version in new[] { new Version(1, 1), new Version(2, 0) })
        {
            using var bot = new Agent(world.Proxy.Agents, world.Policies.Bot, tls, version);
            Assert.Equal("414 target-too-long", (await bot.GetAsync("/api/" + new string('a', 200))).Said);
            Assert.Equal("431 headers-too-large", (await bot.SendAsync("GET", "/api/a", null, default, ("X-Long", new string('a', 2000)))).Said);
            var many = Enumerable.Range(0, 20).Select(i => ($"X-{i}", "1")).ToArray();
            var refused = await bot.SendAsync("GET", "/api/a", null, default, many);
            Assert.Contains("gate:limits:headers)", refused.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
            Assert.Equal(200, (await bot.GetAsync("/api/" + new string('a', 190))).Status);
        }

        Assert.Equal(2, upstream.Requests.Count);
    }

    [Fact]
    public async Task What_only_the_server_can_refuse_gets_its_bare_status()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.ReadsPass));
        var (bot, key) = (world.Agent(), world.Policies.Bot);
        Assert.Equal("414", (await bot.GetAsync("/api/" + new string('a', 30_000))).Said);
        var request = RawAgent.Request(
            "GET /api/a HTTP/1.1", [("Host", "api"), ("AiAccess-Token", key.Text), .. Enumerable.Range(0, 200).Select(i => ($"X-{i}", "1"))], null);
        Assert.Equal(431, (await RawAgent.SendAsync(world.Proxy.Agents, request)).Status);
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task Bodies_in_memory_are_bounded_for_an_agent_and_in_all_and_held_ones_count()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(
            policies => policies.Route("api", upstream.Address, Rules.WritesWait),
            "--gate:limits:bodyBytesPerAgent", "300000", "--gate:limits:bodyBytes", "500000");
        var (bot, other, grace) = (world.Agent(), world.Agent(world.Policies.Other), world.Reviewer("grace"));
        var large = $$"""{"n":"{{new string('x', 200_000)}}"}""";

        var held = bot.PostAsync("/api/things", large);
        var ticket = await grace.OnlyPendingAsync();
        var refused = await bot.PostAsync("/api/others", large);
        Assert.Equal("429 too-many", refused.Said);
        Assert.Contains("gate:limits:bodyBytesPerAgent", refused.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.True(refused.Headers.ContainsKey("Retry-After"));
        Assert.Equal("413 body-too-large", (await bot.PostAsync("/api/others", $$"""{"n":"{{new string('x', 700_000)}}"}""")).Said);

        var others = other.PostAsync("/api/things", large);
        await grace.PendingAsync(2);
        using var third = world.Agent(world.Policies.BotForJoan);
        Assert.Equal(200, (await third.GetAsync("/api/things")).Status);

        Assert.Equal(200, (await bot.SendAsync("POST", $"/.ai-access/tickets/{ticket}/cancel", null)).Status);
        Assert.Equal("403 approval-cancelled", (await held).Said);
        Assert.False(others.IsCompleted);
        await Eventually.HoldsAsync(
            async () => (await bot.SendAsync("POST", "/api/others", large, default, ("Prefer", "respond-async"))).Status == 202, "its room is free again");
    }

    [Fact]
    public async Task A_body_that_finds_no_room_is_refused_at_once_and_never_waits()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(
            policies => policies.Route("api", upstream.Address, LooksInside), "--gate:limits:bodyBytesPerAgent", "40000", "--gate:limits:bodyBytes", "40000");
        var held = new List<Task<Answer>>();
        for (var i = 0; i < 20; i++) held.Add(world.Agent(i % 2 == 0 ? null : world.Policies.Other).PostAsync("/api/things", $$"""{"n":1,"x":"{{new string('x', 10_000)}}"}"""));
        var answers = await Task.WhenAll(held);
        Assert.All(answers, answer => Assert.Contains(answer.Said, new[] { "200", "429 too-many", "503 busy" }));
        Assert.Contains(answers, answer => answer.Status == 200);
        Assert.Equal(200, (await world.Agent().PostAsync("/api/things", """{"n":1}""")).Status);
    }

    [Fact]
    public async Task An_agent_whose_held_calls_fill_one_HTTP2_connection_still_reads_and_withdraws_on_it()
    {
        using var tls = new PlaneTls();
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(
            policies => policies.Route("api", upstream.Address, Rules.WritesWait),
            [.. tls.Settings, "--approvals:maxHeldPerAgent", "30", "--gate:limits:streams", "2", "--gate:limits:callsPerAgent", "2"]);
        using var bot = new Agent(world.Proxy.Agents, world.Policies.Bot, tls, new Version(2, 0));
        var held = Enumerable.Range(0, 30).Select(i => bot.DeleteAsync($"/api/things/{i}")).ToList();
        var tickets = await world.Reviewer("grace").PendingAsync(30);

        Assert.Equal("request 1", (await bot.GetAsync("/api/things")).Body);
        Assert.Equal("429 too-many", (await bot.DeleteAsync("/api/things/more")).Said);
        foreach (var ticket in tickets) Assert.Equal(200, (await bot.SendAsync("POST", $"/.ai-access/tickets/{ticket}/cancel", null)).Status);
        Assert.All(await Task.WhenAll(held), answer => Assert.Equal("403 approval-cancelled", answer.Said));
    }

    [Fact]
    public async Task A_call_that_waits_for_a_place_among_its_agents_own_is_decided_by_the_rules_in_force_once_it_has_one()
    {
        var answers = new TaskCompletionSource();
        await using var upstream = new RawUpstream(async request =>
        {
            if (request.Target.EndsWith("/slow", StringComparison.Ordinal)) await answers.Task;
            return RawUpstream.Ok("done");
        });
        await using var world = await World.StartAsync(
            policies => policies.Route("api", upstream.Address, Rules.ReadsPass),
            "--gate:limits:callsPerAgent", "1", "--approvals:maxHeldPerAgent", "1", "--gate:limits:placeTime", "00:01:00");
        var (bot, other) = (world.Agent(), world.Agent(world.Policies.Other));
        var slow = new[] { bot.GetAsync("/api/slow"), bot.GetAsync("/api/slow") };
        await Eventually.HoldsAsync(() => upstream.Requests.Count == 2, "both places are taken");
        var waits = new[] { bot.GetAsync("/api/secret/bots"), bot.GetAsync("/api/public") };

        world.Policies.Write("global.yaml", """
            version: 1
            rules:
              - id: no-secrets
                match: { paths: ["/secret/**"] }
                effect: deny
            """);
        await Eventually.HoldsAsync(async () => (await other.GetAsync("/api/secret/others")).Said == "403 denied", "the new rule is in force");
        Assert.All(waits, call => Assert.False(call.IsCompleted));

        answers.SetResult();
        Assert.All(await Task.WhenAll(slow), answer => Assert.Equal(200, answer.Status));
        Assert.Equal(["403 denied", "200"], (await Task.WhenAll(waits)).Select(answer => answer.Said));
        Assert.DoesNotContain(upstream.Requests, request => request.Target == "/secret/bots");
    }

    [Fact]
    public async Task Who_resets_streams_without_end_loses_the_connection_and_is_not_read_for_a_while_and_nobody_else_suffers()
    {
        using var tls = new PlaneTls();
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(
            policies => policies.Route("api", upstream.Address, Rules.WritesWait),
            [.. tls.Settings, "--approvals:maxHeldPerAgent", "10", "--gate:limits:resets", "20"]);
        await using var calm = await RawHttp2Agent.ConnectAsync(world.Proxy.Agents, tls);
        await using var rapid = await RawHttp2Agent.ConnectAsync(world.Proxy.Agents, tls);
        await ResetAsync(calm, world.Policies.Other, 30);
        try
        {
            await ResetAsync(rapid, world.Policies.Bot, 31);
        }
        catch (IOException)
        {
            // It is cut off while it still writes.
        }

        while (await rapid.ReadAsync() is not null)
        {
        }

        using var again = new Agent(world.Proxy.Agents, world.Policies.Bot, tls, new Version(2, 0));
        var refused = await again.GetAsync("/api/things");
        Assert.Equal("429 too-many", refused.Said);
        Assert.Contains("gate:limits:resets", refused.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        using var other = new Agent(world.Proxy.Agents, world.Policies.Other, tls, new Version(2, 0));
        Assert.Equal(200, (await other.GetAsync("/api/things")).Status);
        await calm.RequestAsync(1001, "GET", "/api/things", world.Policies.Other);
        await calm.UntilAsync(RawHttp2Agent.Data, 1001);

        async Task ResetAsync(RawHttp2Agent agent, Key key, int count)
        {
            // From its first answer on it is known whose connection it is.
            await agent.RequestAsync(1, "GET", "/api/things", key);
            await agent.UntilAsync(RawHttp2Agent.Data, 1);
            for (var i = 1; i <= count; i++)
            {
                await agent.RequestAsync(2 * i + 1, "DELETE", "/api/things", key);
                await agent.SendAsync(RawHttp2Agent.RstStream, 0, 2 * i + 1, [0, 0, 0, 8]);
            }
        }
    }

    [Fact]
    public async Task Who_resets_streams_before_anybody_known_has_called_is_cut_off_sooner()
    {
        using var tls = new PlaneTls();
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(
            policies => policies.Route("api", upstream.Address, Rules.WritesWait), [.. tls.Settings, "--gate:limits:resets", "20"]);
        await using var stranger = await RawHttp2Agent.ConnectAsync(world.Proxy.Agents, tls);
        try
        {
            for (var i = 1; i <= 21; i++)
            {
                await stranger.RequestAsync(2 * i + 1, "GET", "/api/things", Key.New());
                await stranger.SendAsync(RawHttp2Agent.RstStream, 0, 2 * i + 1, [0, 0, 0, 8]);
            }
        }
        catch (IOException)
        {
            // It is cut off while it still writes.
        }

        while (await stranger.ReadAsync() is not null)
        {
        }
    }

    [Fact]
    public async Task Who_goes_on_after_its_refusals_is_refused_unread_for_the_rest_of_the_second()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(
            policies => policies.Route("api", upstream.Address, Rules.WritesWait), "--approvals:maxTicketsPerAgent", "1", "--gate:limits:refusalsPerAgent", "1");
        using var bot = world.Agent();
        Assert.Equal(202, (await bot.SendAsync("DELETE", "/api/0", null, default, ("Prefer", "respond-async"))).Status);
        await Eventually.HoldsAsync(
            async () =>
            {
                var answers = await Task.WhenAll(Enumerable.Range(1, 20).Select(i => bot.SendAsync("DELETE", $"/api/{i}", null, default, ("Prefer", "respond-async"))));
                Assert.All(answers, answer => Assert.Equal("429 too-many", answer.Said));
                return answers.Any(answer => answer.Json.GetProperty("detail").GetString()!.Contains("gate:limits:refusalsPerAgent", StringComparison.Ordinal));
            },
            "two of them are refused within a second");
        using var other = world.Agent(world.Policies.Other);
        Assert.Equal(200, (await other.GetAsync("/api/things")).Status);
        await Eventually.HoldsAsync(async () => (await bot.GetAsync("/api/things")).Status == 200, "the second is over");
    }

    [Fact]
    public async Task Held_calls_are_bounded_in_all()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(
            policies => policies.Route("api", upstream.Address, Rules.WritesWait), "--approvals:maxHeldPerAgent", "2", "--approvals:maxHeld", "3");
        var (bot, other, grace) = (world.Agent(), world.Agent(world.Policies.Other), world.Reviewer("grace"));
        var held = new[] { bot.DeleteAsync("/api/1"), bot.DeleteAsync("/api/2"), other.DeleteAsync("/api/1") };
        var tickets = await grace.PendingAsync(3);

        var refused = await other.DeleteAsync("/api/2");
        Assert.Equal("503 busy", refused.Said);
        Assert.Contains("approvals:maxHeld", refused.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        foreach (var ticket in tickets) await grace.ApproveAsync(ticket);
        Assert.All(await Task.WhenAll(held), answer => Assert.Equal(200, answer.Status));
    }

    [Fact]
    public async Task Limits_out_of_their_bounds_stop_the_start()
    {
        using var scratch = new Scratch();
        var policies = new PolicyFolder(scratch.Folder("policies")).Route("api", new Uri("http://127.0.0.1:9"), Rules.ReadsPass);
        await using var refused = ProxyProcess.Launch(
            policies.Path, scratch.Folder("data"), ["--gate:limits:target", "1", "--gate:limits:minRateGrace", "00:00:00"]);
        Assert.Equal(2, await refused.ExitAsync(Eventually.Generous));
        Assert.Contains("gate:limits:target: 1 is not between 64 and 1048576", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("gate:limits:minRateGrace: 0s is not between 2s and 1h", refused.Errors, StringComparison.Ordinal);
    }
}
