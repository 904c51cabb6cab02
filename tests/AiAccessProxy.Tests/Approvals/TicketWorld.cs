using AiAccessProxy.Actions;
using AiAccessProxy.Approvals;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Approvals;

/// <summary>A ticket, a clock, and people who come and go, all at random; and what must be true of it, found out naively.</summary>
internal sealed class TicketWorld
{
    private static readonly string[] Voters = ["ada", "joan", "grace", "heidi", "ivan", "judy", "mallory", "nobody"];

    private readonly Random _random;
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;
    private PolicySnapshot _rules = Some.Rules();
    private Epoch _epoch = new("run-0");

    public TicketWorld(Random random)
    {
        _random = random;
        var references = new[] { "group:finance", "group:security", "person:ivan", "person:judy" };
        Ticket = Some.Ticket([.. Enumerable.Range(0, random.Next(1, 3)).Select(_ =>
            new Need(random.Next(1, 3), [.. random.GetItems(references, random.Next(1, 3)).Distinct()]))]);
    }

    public Ticket Ticket { get; private set; }

    public void Step()
    {
        if (_random.Next(4) == 0) _now += TimeSpan.FromSeconds(_random.Next(900));
        if (_random.Next(5) == 0) _rules = OtherRules();
        if (_random.Next(12) == 0) _epoch = new($"run-{_random.Next(3)}");
        var record = Ticket.Execution?.Record ?? Guid.NewGuid();
        Ticket = _random.Next(14) switch
        {
            < 6 => Voted(),
            < 9 => After(TicketMoves.Use(Ticket, new(Guid.NewGuid(), "here", _now, _now.AddSeconds(15), null, null, false, null), _rules, _epoch)),
            9 => After(TicketMoves.Close(Ticket, record, Outcome(), _now)),
            10 => After(TicketMoves.Cancel(Ticket, _now, "x")),
            11 => After(TicketMoves.Overdue(Ticket, _now, _epoch)),
            12 => After(TicketMoves.Abandon(Ticket, _now, "x")),
            _ => After(TicketMoves.Renew(Ticket, record, _now.AddSeconds(15))),
        };
    }

    public void Check(Ticket before)
    {
        Assert.Equal(Ticket.Votes.Count, Ticket.Votes.Select(vote => vote.Person).Distinct().Count());
        Assert.DoesNotContain(Ticket.Votes, vote => vote.Person is "ada" or "joan" or "mallory" or "nobody");
        Assert.Equal(Ticket.IsOver, Ticket.Shown is null);
        Assert.Equal(Ticket.IsOver, Ticket.Ended is not null);
        if (TicketMoves.Overdue(Ticket, _now, _epoch) is Moved.NoEdge && Ticket.Status is TicketStatus.Approved or TicketStatus.Executing)
            Assert.Equal(_epoch.Value, Ticket.Epoch);
        if (before.Status == Ticket.Status) return;
        if (Ticket.Status is TicketStatus.Approved or TicketStatus.Executing) Assert.Equal(_epoch.Value, Ticket.Epoch);
        if (Ticket.Status == TicketStatus.Approved) Assert.True(_now < Ticket.DecideBy);
        if (Ticket.Status is TicketStatus.Executing or TicketStatus.Approved) Assert.Null(_rules.Agents.SuspensionOf(Ticket.Agent.Id));
        if (Ticket.Status == TicketStatus.Executing) Assert.True(_now < Ticket.UseBy);
        if (Ticket.Status is TicketStatus.Approved or TicketStatus.Executing) Assert.True(IsMetNaively(), $"{Ticket.Status} without its needs");
    }

    /// <summary>Tries every way to seat those whose approval counts now.</summary>
    private bool IsMetNaively()
    {
        var owner = _rules.Agents.Find("billing-bot")!.Owner;
        var people = Ticket.Votes.Where(vote => vote.Approve && vote.Person != owner).Select(vote => vote.Person);
        return Seat([.. Ticket.Needs.SelectMany(need => Enumerable.Repeat(need, need.Approvals))], [.. people]);
    }

    private bool Seat(List<Need> seats, HashSet<string> people) =>
        seats.Count == 0
        || people.Any(person =>
            seats[0].From.Any(from => _rules.People.Matches(from, person)) && Seat(seats[1..], [.. people.Where(other => other != person)]));

    private PolicySnapshot OtherRules() => Some.Rules(
        suspended: _random.Next(6) == 0,
        groups: Some.Groups.ToDictionary(group => group.Key, IReadOnlyList<string> (group) => [.. group.Value.Where(_ => _random.Next(4) > 0)]),
        owner: _random.Next(6) == 0 ? "heidi" : "ada");

    private Ticket Voted() =>
        TicketMoves.Vote(Ticket, Some.Ballot(Voters[_random.Next(Voters.Length)], _random.Next(12) > 0), _rules, _now, _epoch) is VoteOutcome.Counted(var voted)
            ? voted
            : Ticket;

    private ActionOutcome Outcome() => _random.Next(3) switch
    {
        0 => new ActionOutcome.Answered(200, 0, true, null, TimeSpan.Zero),
        1 => new ActionOutcome.NotSent("x", TimeSpan.Zero),
        _ => new ActionOutcome.Unknown("x", TimeSpan.Zero),
    };

    private Ticket After(Moved moved) => moved is Moved.To(var next) ? next : Ticket;
}
