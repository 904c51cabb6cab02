using System.Net.Sockets;
using AiAccessProxy.EndToEnd.Harness;

namespace AiAccessProxy.EndToEnd;

/// <summary>A process that is told to stop says so first, answers what it holds as the routes say, and leaves every ticket valid.</summary>
public class DrainTests
{
    private static readonly (string Route, string Said)[] Ways = [("refuse", "403 approval-pending"), ("retry", "503 approval-pending"), ("accepted", "202")];

    [Fact]
    public async Task Told_to_stop_it_is_unready_at_once_answers_held_calls_as_their_routes_say_and_their_repeats_go_through_elsewhere()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(
            policies =>
            {
                foreach (var (route, _) in Ways) policies.Route(route, upstream.Address, Rules.WritesWait, $"when_pending: {route}");
            },
            "--approvals:drain", "2s");
        var (agent, grace) = (world.Agent(), world.Reviewer("grace"));
        Assert.Equal(200, (await grace.GetAsync("/readyz")).Status);
        var held = Ways.Select(way => agent.PostAsync($"/{way.Route}/things", "{}")).ToList();
        var tickets = await grace.PendingAsync(Ways.Length);

        var stopped = world.Proxy.StopAsync();
        await Eventually.HoldsAsync(async () => await ReadyAsync(grace) is { Status: 503 } answer && answer.Body.Contains("leaving", StringComparison.Ordinal), "readiness is false");
        for (var i = 0; i < Ways.Length; i++) Assert.Equal(Ways[i].Said, (await held[i]).Said);
        Assert.Equal(0, await stopped);
        Assert.Empty(upstream.Requests);

        await world.RestartAsync();
        var (again, hugo) = (world.Agent(), world.Reviewer("hugo"));
        Assert.Equal(tickets.Order(), (await hugo.PendingAsync()).Order());
        var repeats = Ways.Select(way => again.PostAsync($"/{way.Route}/things", "{}")).ToList();
        foreach (var ticket in tickets) Assert.Equal(200, (await hugo.ApproveAsync(ticket)).Status);
        foreach (var repeat in repeats) Assert.Equal(200, (await repeat).Status);
        Assert.Equal(Ways.Length, upstream.Requests.Count);
    }

    /// <summary>Null when nobody answers any more.</summary>
    private static async Task<Answer?> ReadyAsync(Reviewer reviewer)
    {
        try
        {
            return await reviewer.GetAsync("/readyz");
        }
        catch (Exception gone) when (gone is HttpRequestException or SocketException)
        {
            return null;
        }
    }
}
