using AiAccessProxy.Control.Reading;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Tests.Control.Reading;

public class EventTapeTests
{
    [Fact]
    public void Whoever_was_away_goes_on_where_they_stopped_as_long_as_the_tape_reaches_back()
    {
        var tape = new EventTape();
        for (var i = 1; i <= EventTape.Kept + 100; i++) tape.Take(Entry(i, RecordKind.TicketOpened));

        Assert.Null(tape.After(0));
        Assert.Null(tape.After(99));
        Assert.Equal(EventTape.Kept, tape.After(100)!.Count);
        Assert.Equal([EventTape.Kept + 100], tape.After(EventTape.Kept + 99)!.Select(told => told.Position));
        Assert.Empty(tape.After(EventTape.Kept + 100)!);
    }

    [Fact]
    public void Plain_calls_and_tries_that_changed_nothing_are_told_to_nobody()
    {
        var tape = new EventTape();
        tape.Take(Entry(1, RecordKind.VoteRefused));
        tape.Take(Entry(2, RecordKind.Refused));
        tape.Take(new(new(3), default, Some.Record(RecordKind.Decided), default));
        tape.Take(Entry(4, RecordKind.VoteApprove));
        tape.Take(new(new(5), default, Some.Record(RecordKind.AgentSuspended) with { Agent = new("billing-bot", "ada", null, null) }, default));

        Assert.Equal([(4, "ticket", "t1"), (5, "agent", "billing-bot")], tape.After(0)!.Select(told => (told.Position, told.Topic, told.Subject)));
    }

    [Fact]
    public async Task A_listener_is_woken_and_listeners_are_bounded()
    {
        var tape = new EventTape();
        Assert.False(tape.IsHeard);
        var first = tape.Listen(1);
        Assert.Null(tape.Listen(1));
        Assert.True(tape.IsHeard);
        first!.Dispose();
        first.Dispose();
        Assert.Equal(0, tape.Listeners);

        var more = tape.MoreAsync();
        Assert.False(more.IsCompleted);
        tape.Wake();
        await more;
        Assert.False(tape.MoreAsync().IsCompleted);
    }

    private static Entry Entry(long position, string kind) => new(new(position), default, Some.Record(kind, "t1"), default);
}
