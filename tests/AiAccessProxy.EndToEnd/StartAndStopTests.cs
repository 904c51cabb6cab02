using System.Text.Json.Nodes;
using AiAccessProxy.EndToEnd.Harness;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.EndToEnd;

/// <summary>The process at its two ends: what it refuses to start with, and what it leaves behind when it is told to stop.</summary>
public class StartAndStopTests
{
    private static readonly Uri Nowhere = new("http://127.0.0.1:9");

    [Fact]
    public async Task A_stop_lets_held_calls_go_at_once_and_their_tickets_live_on()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.WritesWait));
        var first = world.Agent();
        var held = Enumerable.Range(0, 10).Select(i => first.DeleteAsync($"/api/things/{i}")).ToList();
        var tickets = await world.Reviewer("grace").PendingAsync(held.Count);

        var started = TimeProvider.System.GetTimestamp();
        Assert.Equal(0, await world.Proxy.StopAsync());
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(45));
        foreach (var call in held)
        {
            var end = await Record.ExceptionAsync(() => call);
            Assert.True(end is HttpRequestException || (end is null && (await call).Status is 503 or 403), $"{end}");
        }

        Assert.Equal(RecordKind.Stopped, (await world.Story.AllAsync())[^1].Kind);
        await world.RestartAsync();
        var (bot, grace) = (world.Agent(), world.Reviewer("grace"));
        Assert.Equal(tickets.Order(), (await grace.PendingAsync()).Order());
        var again = bot.DeleteAsync("/api/things/3");
        foreach (var ticket in tickets) Assert.Equal(200, (await grace.ApproveAsync(ticket)).Status);
        Assert.Equal("request 1", (await again).Body);
        Assert.Single(upstream.Requests);
    }

    [Fact]
    public async Task A_second_process_on_the_same_folder_is_refused_in_one_line()
    {
        await using var world = await World.StartAsync(policies => policies.Route("api", Nowhere, Rules.ReadsPass));
        await using var second = ProxyProcess.Launch(world.Policies.Path, world.Data, []);
        Assert.Equal(1, await second.ExitAsync(Eventually.Generous));
        Assert.Single(second.Errors.Split('\n'));
        Assert.Contains(world.Data, second.Errors, StringComparison.Ordinal);
        Assert.Equal("", second.Output);
    }

    [Theory]
    [InlineData("people: []\ngroups: {}", "people.yaml:2")]
    [InlineData("people: [{ id: ada, name: Ada }]\ngroups: { reviewers: [ada] }", "key")]
    public async Task Without_anybody_who_could_decide_it_does_not_start(string people, string said)
    {
        using var scratch = new Scratch();
        var policies = new PolicyFolder(scratch.Folder("policies")).Route("api", Nowhere, Rules.ReadsPass);
        policies.Write("people.yaml", $"version: 1\n{people}\n");
        policies.Write("agents.yaml", $"version: 1\nagents:\n  - {{ id: bot, owner: person:ada, keys: [{{ id: k, sha256: \"{policies.Bot.Sha256}\" }}] }}\n");

        await using var refused = ProxyProcess.Launch(policies.Path, scratch.Folder("data"), []);
        Assert.Equal(2, await refused.ExitAsync(Eventually.Generous));
        Assert.Contains(said, refused.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", refused.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_are_wrong_are_told_all_at_once()
    {
        using var scratch = new Scratch();
        var policies = new PolicyFolder(scratch.Folder("policies")).Route("api", Nowhere, Rules.ReadsPass);
        await using var refused = ProxyProcess.Launch(
            policies.Path, scratch.Folder("data"), ["--gate:hold", "-00:00:01", "--control:sessionIdle", "soon", "--ledger:segmentByte", "1KiB"],
            new Dictionary<string, string?> { ["AIACCESS__GATE__MAXHOLDS"] = "5m", ["AIACCESS__GATE__LIMITS__TARGET"] = "1" });
        Assert.Equal(2, await refused.ExitAsync(Eventually.Generous));
        foreach (var said in new[]
        {
            "gate:hold: must not be negative (command line: --gate:hold)",
            "control:sessionIdle: 'soon' is no duration; write it like 50s, 10m or 1h30m (command line: --control:sessionIdle)",
            "ledger:segmentByte: there is no such setting; did you mean ledger:segmentBytes? (command line: --ledger:segmentByte)",
            "GATE:MAXHOLDS: there is no such setting; did you mean gate:maxHold? (environment: AIACCESS__GATE__MAXHOLDS)",
            "gate:limits:target: 1 is not between 64 and 1048576 (environment: AIACCESS__GATE__LIMITS__TARGET)",
        })
            Assert.Contains(said, refused.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Microsoft.AspNetCore.Server.Kestrel.EnableInsecureChunkedRequestParsing")]
    [InlineData("Microsoft.AspNetCore.Server.Kestrel.AllowKeepAliveAfterCLTE")]
    public async Task With_a_switch_that_lets_one_request_hide_another_it_does_not_start(string unsafeSwitch)
    {
        using var scratch = new Scratch();
        var policies = new PolicyFolder(scratch.Folder("policies")).Route("api", Nowhere, Rules.ReadsPass);
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(Path.ChangeExtension(Built.Program, ".runtimeconfig.json"), TestContext.Current.CancellationToken))!;
        var options = settings["runtimeOptions"]!.AsObject();
        if (!options.ContainsKey("configProperties")) options["configProperties"] = new JsonObject();
        options["configProperties"]![unsafeSwitch] = true;

        await using var refused = ChildProcess.Start(Built.Dotnet,
        [
            "exec", "--runtimeconfig", scratch.File("unsafe.runtimeconfig.json", settings.ToJsonString()), Built.Program,
            "serve", "--policies", policies.Path, "--data", scratch.Folder("data"), "--gate:url", "http://127.0.0.1:0", "--control:url", "http://127.0.0.1:0",
        ]);
        Assert.Equal(2, await refused.ExitAsync(Eventually.Generous));
        Assert.Contains(unsafeSwitch, refused.Errors, StringComparison.Ordinal);
        Assert.Equal("", refused.Output);
    }
}
