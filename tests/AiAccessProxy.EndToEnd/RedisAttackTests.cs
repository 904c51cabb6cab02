using System.Globalization;
using AiAccessProxy.EndToEnd.Harness;

namespace AiAccessProxy.EndToEnd;

/// <summary>Somebody writes to the Redis of running instances while calls are held, decided about and used: nothing of it is honoured.</summary>
public class RedisAttackTests
{
    /// <summary>Longer than any <c>Prefer: wait</c> below: what is held is held until its agent goes.</summary>
    private static readonly string[] Patient = ["--approvals:sendWithin", "20s", "--approvals:lease", "60s", "--gate:hold", "5m", "--approvals:maxTicketsPerAgent", "1000", "--approvals:maxHeldPerAgent", "1000"];

    private static readonly TimeSpan AlarmedWithin = TimeSpan.FromMinutes(1);

    /// <summary>What is done to a ticket whose call is held, and that nobody has decided about.</summary>
    private static readonly Func<Scene, string, Task>[] OnHeld =
    [
        (scene, held) => scene.Intruder.FlipAsync(held, scene.Random),
        (scene, held) => scene.Intruder.PutAsync(scene.Approved, "approved", held),
        (scene, held) => scene.Intruder.ForgeAsync(held, "bot"),
        (scene, held) => scene.Intruder.SetAsync(held, "revision", "2"),
        (scene, held) => scene.Intruder.PointAsync(held, scene.Approved),
        (scene, held) => scene.Intruder.RepeatRecordsAsync(scene.Approved, "ticket.approved", scene.Approved, held),
        (scene, held) => scene.Intruder.RepeatRecordsAsync(scene.Approved, "ticket.approved", "-", "-"),
        (scene, held) => scene.Intruder.DeleteAsync(held),
        (scene, held) => scene.Intruder.ForeignAsync(held, "vote.approve"),
        (scene, held) => scene.Intruder.ListAsync(held, "bot", "1"),
    ];

    /// <summary>What is done to one whose approval was used.</summary>
    private static readonly Func<Scene, string, Task>[] OnUsed =
    [
        (scene, used) => scene.Intruder.PutAsync(used, "approved", used),
        async (scene, used) =>
        {
            await scene.Intruder.PutAsync(used, "approved", used);
            await scene.Intruder.ListAsync(used, "bot", "4000000000000000");
        },
        (scene, used) => scene.Intruder.PutAsync(used, "pending", used),
        async (scene, used) =>
        {
            await scene.Intruder.DeleteAsync(used);
            await scene.Intruder.PointAsync(used, null);
        },
        async (scene, used) =>
        {
            await scene.Intruder.PutAsync(used, "approved", used);
            await scene.Intruder.RepeatRecordsAsync(used, "ticket.approved", "-", "-");
        },
        (scene, used) => scene.Intruder.PointAsync(used, scene.Approved),
        async (scene, used) =>
        {
            await scene.Intruder.PutAsync(used, "approved", used);
            await scene.Intruder.TakeOutAsync(used, "ticket.executing");
        },
    ];

    /// <summary>What is done to one that a person denied; then somebody approves it after all.</summary>
    private static readonly Func<Scene, string, Task>[] OnDenied =
    [
        (scene, denied) => scene.Intruder.PutAsync(denied, "pending", denied),
        async (scene, denied) =>
        {
            await scene.Intruder.PutAsync(denied, "pending", denied);
            await scene.Intruder.ListAsync(denied, "bot", "4000000000000000");
            await scene.Intruder.RepeatRecordsAsync(denied, "ticket.opened", "-", "-");
        },
    ];

    [Fact]
    public async Task Of_what_is_forged_edited_replayed_or_taken_out_with_redis_cli_nothing_is_honoured_and_all_instances_alarm()
    {
        var times = LongRun.IsAskedFor ? 12 : 1;
        await using var upstream = new RawUpstream();
        await using var fleet = await Fleet.StartAsync(2, policies => policies.Route("api", upstream.Address, Rules.WritesWait), Patient);
        var scene = await Scene.SetAsync(fleet);
        for (var time = 0; time < times; time++) await scene.PlayAsync(upstream, $"n{time}");

        foreach (var proxy in new[] { 0, 1 })
        {
            await Eventually.HoldsAsync(
                async () => (await fleet.Reviewer(proxy, "hugo").GetAsync("/readyz")).Json.GetProperty("ledger").GetProperty("alarms").GetArrayLength() > 0, "the alarm", AlarmedWithin);
        }

        // What nobody touched goes on as ever.
        await scene.GoOnAsync();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{scene.Attacks} attacks on held, used and denied tickets: 0 honoured"));
    }

    /// <summary>Tickets in all states, and an approved one that nobody uses, for what can be taken from it.</summary>
    private sealed class Scene(Fleet fleet, Agent[] agents, Reviewer[] graces)
    {
        public RedisIntruder Intruder { get; } = new(fleet.Redis);

        public Random Random { get; } = new(20261121);

        public string Approved { get; private set; } = "";

        public int Attacks { get; private set; }

        public static async Task<Scene> SetAsync(Fleet fleet)
        {
            var scene = new Scene(fleet, [fleet.Agent(0), fleet.Agent(1)], [fleet.Reviewer(0, "grace"), fleet.Reviewer(1, "grace")]);
            scene.Approved = await scene.OpenAsync("/api/approved");
            await scene.VoteAsync(scene.Approved, "approve");
            await scene.Intruder.KeepAsync(scene.Approved, "approved");
            return scene;
        }

        public async Task PlayAsync(RawUpstream upstream, string name)
        {
            using var over = new CancellationTokenSource();
            var (held, used, denied) = (new List<string>(), new List<string>(), new List<string>());
            var calls = new List<Task<Answer>>();
            for (var i = 0; i < OnHeld.Length; i++)
            {
                held.Add(await OpenAsync($"/api/{name}/held/{i}"));
                calls.Add(agents[i % 2].PostAsync($"/api/{name}/held/{i}", "{}", over.Token));
            }

            for (var i = 0; i < OnUsed.Length; i++)
            {
                used.Add(await OpenAsync($"/api/{name}/used/{i}"));
                await Intruder.KeepAsync(used[i], "pending");
                await VoteAsync(used[i], "approve");
                await Intruder.KeepAsync(used[i], "approved");
                Assert.Equal(200, (await AskAsync(agents[i % 2], $"/api/{name}/used/{i}")).Status);
            }

            for (var i = 0; i < OnDenied.Length; i++)
            {
                denied.Add(await OpenAsync($"/api/{name}/denied/{i}"));
                await Intruder.KeepAsync(denied[i], "pending");
                await VoteAsync(denied[i], "deny");
            }

            for (var i = 0; i < OnHeld.Length; i++) await OnHeld[i](this, held[i]);
            for (var i = 0; i < OnUsed.Length; i++) await OnUsed[i](this, used[i]);
            for (var i = 0; i < OnDenied.Length; i++) await OnDenied[i](this, denied[i]);
            Attacks += OnHeld.Length + OnUsed.Length + OnDenied.Length;
            foreach (var ticket in held.Concat(used)) await Intruder.HintAsync(ticket);
            foreach (var ticket in denied)
                foreach (var grace in graces) Assert.NotEqual(200, (await grace.ApproveAsync(ticket)).Status);

            // Everything once more, through both.
            var targets = OnUsed.Select((_, i) => $"/api/{name}/used/{i}").Concat(OnDenied.Select((_, i) => $"/api/{name}/denied/{i}")).Concat(OnHeld.Select((_, i) => $"/api/{name}/held/{i}"));
            foreach (var answer in await Task.WhenAll(targets.SelectMany(target => agents.Select(agent => agent.SendAsync("POST", target, "{}", default, ("Prefer", "wait=1"))))))
                Assert.NotEqual(200, answer.Status);
            Assert.All(calls, call => Assert.False(call.IsCompletedSuccessfully && call.Result.Status == 200));
            var came = upstream.Requests.Select(request => request.Target).Where(target => target.StartsWith($"/{name}/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
            Assert.Equal(OnUsed.Select((_, i) => $"/{name}/used/{i}").Order(StringComparer.Ordinal), came);
            await over.CancelAsync();
            foreach (var call in calls) await call.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        public async Task GoOnAsync()
        {
            var ticket = await OpenAsync("/api/fresh");
            await VoteAsync(ticket, "approve");
            Assert.Equal(200, (await AskAsync(agents[1], "/api/fresh")).Status);
        }

        /// <summary>Opens the ticket of a call and does not wait for it.</summary>
        private async Task<string> OpenAsync(string target) =>
            (await Eventually.GetAsync(
                async () => await agents[0].SendAsync("POST", target, "{}", default, ("Prefer", "respond-async")) is { Status: 202 } opened ? opened : null, $"a ticket for {target}")).Ticket;

        private Task VoteAsync(string ticket, string vote) => Eventually.HoldsAsync(
            async () => (await graces[1].VoteAsync(ticket, vote, vote == "deny" ? "no" : null)).Status is 200 or 409, $"a vote on {ticket}");

        private static Task<Answer> AskAsync(Agent agent, string target) => Eventually.GetAsync(
            async () => await agent.PostAsync(target, "{}") is var answer && answer.Problem != "not-recordable" ? answer : null, $"an answer to {target}");
    }
}
