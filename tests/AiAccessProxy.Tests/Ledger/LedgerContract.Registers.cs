using AiAccessProxy.Ledger;

namespace AiAccessProxy.Tests.Ledger;

// Keys, limits, deadlines and lists of registers.
public abstract partial class LedgerContract
{
    [Fact]
    public async Task Of_registers_that_are_known_those_are_read_that_moved_since()
    {
        var random = new Random(12);
        var (revisions, ended) = (new Dictionary<RegisterId, int>(), new HashSet<RegisterId>());
        for (var round = 0; round < Some.Runs(40); round++)
        {
            var id = new RegisterId("ticket", $"t_{random.Next(12)}");
            if (ended.Contains(id)) continue;
            var revision = revisions.GetValueOrDefault(id);
            if (random.Next(8) == 0) ended.Add(id);
            await DoneAsync((ended.Contains(id) ? Ending(id, revision, $"{revision + 1}") : Opening(id, $"{revision + 1}")) with { FromRevision = revision });
            revisions[id] = revision + 1;
            var known = revisions.Keys.Select(one => new Seen(one, random.Next(5))).Append(new(new("ticket", "never"), 0)).ToList();

            foreach (var upToNow in new[] { true, false })
            {
                var moved = await _ledger.ReadMovedAsync(known, upToNow, Token).ToListAsync(Token);
                Assert.Equal(
                    known.Where(one => revisions.GetValueOrDefault(one.Id) > one.Revision).Select(one => (one.Id, $"{revisions[one.Id]}")).ToHashSet(),
                    moved.Select(one => (one.Id, Text(one))).ToHashSet());
                Assert.All(moved, one => Assert.Equal(revisions[one.Id], one.Revision));
            }
        }
    }

    [Fact]
    public async Task What_a_hint_told_of_is_read_and_what_was_told_before_it()
    {
        var all = Enumerable.Range(0, 20).Select(i => new Seen(new("ticket", $"t_{i}"), 1)).ToList();
        foreach (var (id, _) in all) await DoneAsync(Opening(id, "1"));
        await using var hints = _ledger.ChangesAsync(Token).GetAsyncEnumerator(Token);
        var moving = Task.WhenAll(all.Select(one => _ledger.CommitAsync(new([Some.Record()], [Opening(one.Id, "2") with { FromRevision = 1 }]), Token).AsTask()));
        for (var open = all.Select(one => one.Id).ToHashSet(); open.Count > 0;)
        {
            Assert.True(await hints.MoveNextAsync());
            // A hint of the opening may come late.
            if (await _ledger.ReadMovedAsync([.. all.Where(one => one.Id == hints.Current)], upToNow: false, Token).AnyAsync(Token)) open.Remove(hints.Current);
        }

        Assert.All(await moving, outcome => Assert.IsType<Outcome.Done>(outcome));
    }

    [Fact]
    public async Task A_unique_key_has_one_holder_and_leads_to_it()
    {
        var key = new UniqueKey("digest");
        await DoneAsync(Opening(Ticket, "x") with { Unique = [new(key)] });

        var outcome = await _ledger.CommitAsync(
            new([Some.Record()], [Opening(new("ticket", "t_2"), "y") with { Unique = [new(key)] }]), Token);

        Assert.Equal(Ticket, Assert.IsType<Outcome.Conflict>(outcome).Standing!.Id);
        Assert.Equal(Ticket, (await _ledger.FindAsync(key, Token))!.Id);
        Assert.Null(await _ledger.FindAsync(new("another"), Token));
    }

    [Fact]
    public async Task A_move_keeps_the_keys_it_names_again_and_gives_up_the_others()
    {
        var (kept, given) = (new UniqueKey("kept"), new UniqueKey("given"));
        await DoneAsync(Opening(Ticket, "x") with { Unique = [new(kept), new(given)] });
        await DoneAsync(Opening(Ticket, "y") with { FromRevision = 1, Unique = [new(kept)] });

        Assert.Equal(Ticket, (await _ledger.FindAsync(kept, Token))!.Id);
        Assert.Null(await _ledger.FindAsync(given, Token));
    }

    [Fact]
    public async Task A_key_passes_on_from_an_ended_register_that_is_named_and_from_nobody_else()
    {
        var key = new UniqueKey("digest");
        var next = Opening(new("ticket", "t_2"), "y") with { Unique = [new(key, InsteadOf: Ticket)] };
        await DoneAsync(Opening(Ticket, "x") with { Unique = [new(key)] });

        Assert.IsType<Outcome.Conflict>(await _ledger.CommitAsync(new([Some.Record()], [next]), Token));
        await DoneAsync(Ending(Ticket, 1, "over") with { Unique = [new(key)] });
        Assert.IsType<Outcome.Conflict>(await _ledger.CommitAsync(new([Some.Record()], [next with { Unique = [new(key)] }]), Token));
        await DoneAsync(next);

        Assert.Equal(next.Id, (await _ledger.FindAsync(key, Token))!.Id);
        Assert.Equal("over", await StateAsync(Ticket));
        await DoneAsync(Ending(Ticket, 2, "moved again"));
        Assert.Equal(next.Id, (await _ledger.FindAsync(key, Token))!.Id);
    }

    [Fact]
    public async Task A_group_has_as_many_live_registers_as_its_limit_and_ended_ones_do_not_count()
    {
        var opened = Enumerable.Range(1, 3).Select(i => Opening(new("ticket", $"t_{i}"), "x") with { LiveLimit = 2 }).ToList();
        await DoneAsync(opened[0]);
        await DoneAsync(opened[1]);

        Assert.Equal(new Outcome.LimitReached(2), await _ledger.CommitAsync(new([Some.Record()], [opened[2]]), Token));
        await DoneAsync(opened[2] with { LiveGroup = "another" });
        await DoneAsync(Opening(new("note", "n"), "another kind") with { LiveLimit = 1 });
        await DoneAsync(Ending(opened[0].Id, 1, "over"));
        await DoneAsync(Opening(new("ticket", "t_4"), "x") with { LiveLimit = 2 });
    }

    [Fact]
    public async Task The_limit_counts_creations_of_the_same_change()
    {
        var moves = Enumerable.Range(1, 3).Select(i => Opening(new("ticket", $"t_{i}"), "x") with { LiveLimit = 2 }).ToList();

        Assert.Equal(new Outcome.LimitReached(2), await _ledger.CommitAsync(new([Some.Record()], moves), Token));
        Assert.Empty(await _ledger.LiveAsync("ticket", null, Token).ToListAsync(Token));
    }

    [Fact]
    public async Task Live_registers_are_listed_by_kind_and_group()
    {
        await DoneAsync(Opening(new("ticket", "a"), "x"));
        await DoneAsync(Opening(new("ticket", "b"), "x") with { LiveGroup = "other-agent" });
        await DoneAsync(Opening(new("note", "c"), "x"));
        await DoneAsync(Opening(new("ticket", "d"), "x"));
        await DoneAsync(Ending(new("ticket", "d"), 1, "over"));

        Assert.Equal(["a", "b"], await KeysAsync(_ledger.LiveAsync("ticket", null, Token)));
        Assert.Equal(["a"], await KeysAsync(_ledger.LiveAsync("ticket", "some-agent", Token)));
        Assert.Empty(await KeysAsync(_ledger.LiveAsync("ticket", "nobody", Token)));
    }

    [Fact]
    public async Task A_register_is_listed_as_due_from_its_time_on_until_it_is_moved()
    {
        var due = Now + TimeSpan.FromMinutes(5);
        await DoneAsync(Opening(new("ticket", "later"), "x") with { Due = due + TimeSpan.FromMinutes(1) });
        await DoneAsync(Opening(Ticket, "x") with { Due = due });
        await DoneAsync(Opening(new("note", "n"), "x") with { Due = due });

        Assert.Empty(await KeysAsync(_ledger.DueAsync("ticket", due - TimeSpan.FromMicroseconds(1), Token)));
        Assert.Equal(["t_1"], await KeysAsync(_ledger.DueAsync("ticket", due, Token)));
        Assert.Equal(["later", "t_1"], await KeysAsync(_ledger.DueAsync("ticket", DateTimeOffset.MaxValue, Token)));
        await DoneAsync(Opening(Ticket, "y") with { FromRevision = 1 });
        Assert.Empty(await KeysAsync(_ledger.DueAsync("ticket", due, Token)));
    }

    [Fact]
    public async Task An_ended_register_is_forgotten_with_its_keys_when_its_time_has_come()
    {
        var key = new UniqueKey("digest");
        await DoneAsync(Opening(Ticket, "x"));
        await DoneAsync(Ending(Ticket, 1, "over") with { Unique = [new(key)], ForgetAfter = Now + TimeSpan.FromHours(24) });

        await AdvanceAsync(TimeSpan.FromHours(24) - TimeSpan.FromMicroseconds(1));
        Assert.Equal("over", Text((await _ledger.FindAsync(key, Token))!));
        await AdvanceAsync(TimeSpan.FromMicroseconds(1));
        Assert.Null(await _ledger.FindAsync(key, Token));
        Assert.Null(await _ledger.ReadAsync(Ticket, Token));
        await DoneAsync(Opening(Ticket, "anew") with { Unique = [new(key)] });
        Assert.Equal(1, (await _ledger.FindAsync(key, Token))!.Revision);
    }

    [Fact]
    public async Task A_live_register_is_not_forgotten()
    {
        await DoneAsync(Opening(Ticket, "x") with { ForgetAfter = Now });
        await AdvanceAsync(TimeSpan.FromDays(1));

        Assert.Equal("x", await StateAsync(Ticket));
    }

    [Fact]
    public async Task An_ended_register_cannot_live_again()
    {
        await DoneAsync(Opening(Ticket, "x"));
        await DoneAsync(Ending(Ticket, 1, "over"));

        await Assert.ThrowsAsync<ArgumentException>(async () => await _ledger.CommitAsync(
            new([Some.Record()], [Opening(Ticket, "y") with { FromRevision = 2 }]), Token));
        Assert.Equal("over", await StateAsync(Ticket));
    }
}
