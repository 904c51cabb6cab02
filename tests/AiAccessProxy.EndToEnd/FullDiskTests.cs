using AiAccessProxy.EndToEnd.Harness;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.EndToEnd;

/// <summary>What cannot be recorded does not happen, and once it can be recorded again, it happens again by itself.</summary>
public class FullDiskTests
{
    public static TheoryData<string> EveryDisk => [.. Disk.Kinds];

    [Theory]
    [MemberData(nameof(EveryDisk))]
    public async Task While_the_disk_is_full_nothing_goes_upstream_unrecorded_and_afterwards_all_goes_on_by_itself(string kind)
    {
        await using var upstream = new RawUpstream();
        using var scratch = new Scratch();
        using var disk = Disk.Of(kind, World.DataIn(scratch));
        await using var world = await World.StartInAsync(
            scratch, policies => policies.Route("api", upstream.Address, Rules.WritesWait), ["--ledger:reserveBytes", "0"]);
        var (bot, grace) = (world.Agent(), world.Reviewer("grace"));
        var held = bot.DeleteAsync("/api/things/held");
        var ticket = await grace.OnlyPendingAsync();
        Assert.Equal(200, (await bot.GetAsync("/api/things/before")).Status);

        disk.Fill(world.Proxy);
        // A system call may still find a last free block: full is what has been told to be full.
        await Eventually.HoldsAsync(async () => (await bot.GetAsync("/api/things/filling")).Status == 503, "the ledger is full");
        var sent = upstream.Requests.Count;
        foreach (var call in new[] { bot.GetAsync("/api/things/read"), bot.DeleteAsync("/api/things/new"), bot.GetAsync("/nowhere") })
        {
            var answer = await call;
            Assert.Equal("503 not-recordable", answer.Said);
            Assert.True(answer.Json.GetProperty("retryable").GetBoolean());
            Assert.True(answer.Headers.ContainsKey("Retry-After"));
        }

        Assert.Equal("503 not-recordable", (await grace.ApproveAsync(ticket)).Said);
        Assert.False(held.IsCompleted);
        Assert.Equal(sent, upstream.Requests.Count);

        disk.Free(world.Proxy);
        await Eventually.HoldsAsync(async () => (await bot.GetAsync("/api/things/after")).Status == 200, "the ledger has recovered by itself");
        Assert.Equal(200, (await grace.ApproveAsync(ticket)).Status);
        Assert.Equal(200, (await held).Status);

        await world.Story.OfSentAsync(ticket);
        await world.RestartAsync();
        var story = await world.Story.AllAsync();
        Assert.All(upstream.Requests, request => Assert.Contains(story, record => IsClearanceOf(record, request)));
        Assert.Equal(
            upstream.Requests.Count, story.Count(record => record.Kind == RecordKind.TicketExecuting || record is { Kind: RecordKind.Decided, Decision: "allow" }));
    }

    [Theory]
    [MemberData(nameof(EveryDisk))]
    public async Task Calls_that_only_fill_the_disk_leave_the_reserve_for_decisions(string kind)
    {
        await using var upstream = new RawUpstream();
        using var scratch = new Scratch();
        using var disk = Disk.Of(kind, World.DataIn(scratch));
        await using var world = await World.StartInAsync(
            scratch, policies => policies.Route("api", upstream.Address, Rules.WritesWait), ["--ledger:reserveBytes", "1048576"]);
        var (bot, grace) = (world.Agent(), world.Reviewer("grace"));
        var held = bot.DeleteAsync("/api/things/held");
        var ticket = await grace.OnlyPendingAsync();

        disk.Fill(world.Proxy);
        await Eventually.HoldsAsync(async () => (await bot.GetAsync("/api/things/junk")).Said == "503 not-recordable", "reads are no longer recorded");
        var vote = await grace.ApproveAsync(ticket);
        Assert.Equal(disk.KeepsReserve ? 200 : 503, vote.Status);
        if (disk.KeepsReserve) Assert.Equal(200, (await held).Status);
        Assert.Equal("503 not-recordable", (await bot.GetAsync("/api/things/junk")).Said);

        disk.Free(world.Proxy);
        await Eventually.HoldsAsync(async () => (await bot.GetAsync("/api/things/after")).Status == 200, "reads are recorded again");
        if (!disk.KeepsReserve) Assert.Equal(200, (await grace.ApproveAsync(ticket)).Status);
        Assert.Equal(200, (await held).Status);
    }

    private static bool IsClearanceOf(LedgerRecord record, RawRequest request) =>
        record.Kind is RecordKind.TicketExecuting or RecordKind.Decided && record.Action?.Target == request.Target && record.Action.Method == request.Method;
}
