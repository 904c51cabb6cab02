using AiAccessProxy.Control.Reading;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Tests.Control.Reading;

public class TodayTests
{
    private static readonly string[] Kinds =
    [
        RecordKind.Decided, RecordKind.TicketOpened, RecordKind.TicketApproved, RecordKind.TicketDenied, RecordKind.TicketExpired,
        RecordKind.TicketExecuting, RecordKind.CallExecuted, RecordKind.Refused, RecordKind.VoteApprove,
    ];

    [Fact]
    public void What_rules_and_agents_did_is_what_the_records_of_the_day_say()
    {
        var random = new Random(20261121);
        for (var round = 0; round < 20; round++)
        {
            var time = new ManualTime();
            var today = new Today(time);
            var entries = new List<Entry>();
            for (var i = 0; i < 400; i++)
            {
                time.Advance(TimeSpan.FromSeconds(random.Next(400)));
                entries.Add(Entry(random, i + 1, time.GetUtcNow()));
                today.Take(entries[^1]);
            }

            var now = time.GetUtcNow();
            var ofToday = entries.Where(entry => entry.StoredAt.UtcDateTime.Date == now.UtcDateTime.Date).Select(entry => entry.Record).ToList();
            foreach (var rule in new[] { "one", "two" })
            {
                var its = ofToday.Where(record => record.Rules!.Contains(rule)).ToList();
                Assert.Equal(
                    new RuleDay(
                        its.Count(record => record is { Kind: RecordKind.Decided, Decision: "allow" }),
                        its.Count(record => record is { Kind: RecordKind.Decided, Decision: "deny" }),
                        its.Count(record => record.Kind == RecordKind.TicketOpened),
                        its.Count(record => record.Kind == RecordKind.TicketApproved),
                        its.Count(record => record.Kind == RecordKind.TicketDenied),
                        its.Count(record => record.Kind == RecordKind.TicketExpired),
                        its.Count(record => record.Kind == RecordKind.TicketExecuting),
                        ofToday.Count(record => record.Observed!.Contains(rule) && record.Kind is RecordKind.Decided or RecordKind.TicketOpened && record.Observed!.Contains(rule))),
                    today.OfRule("payments", rule));
            }

            foreach (var agent in new[] { "billing-bot", "report-bot" })
            {
                var acts = entries.Where(entry => entry.Record.Agent!.Id == agent
                    && entry.Record.Kind is RecordKind.Decided or RecordKind.TicketOpened or RecordKind.TicketExecuting or RecordKind.Refused
                    && entry.Record.Agent!.Id == agent).ToList();
                var seen = today.OfAgent(agent);
                Assert.Equal(acts[^1].StoredAt, seen.LastSeen);
                Assert.Equal(
                    acts.GroupBy(entry => entry.Record.Agent!.Authenticated!).ToDictionary(key => key.Key, key => key.Last().StoredAt), seen.KeysLastUsed);
                Assert.Equal(ofToday.Count(record => record.Agent!.Id == agent && record.Kind == RecordKind.TicketOpened), seen.Asked);
                Assert.Equal(ofToday.Count(record => record.Agent!.Id == agent && record.Kind == RecordKind.Refused), seen.Refused);
                Assert.Equal(
                    acts.Count(entry => entry.Record.Kind != RecordKind.TicketExecuting && Minute(entry.StoredAt) > Minute(now) - 60), seen.LastHour);
            }
        }
    }

    [Fact]
    public void At_midnight_the_day_begins_anew_and_what_was_last_seen_stays()
    {
        var time = new ManualTime();
        var today = new Today(time);
        var entry = new Entry(new(1), time.GetUtcNow(), Record(RecordKind.Decided, "billing-bot", "allow"), default);
        today.Take(entry);
        Assert.Equal((1, 1), (today.OfRule("payments", "one").Allowed, today.OfAgent("billing-bot").Allowed));

        time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(RuleDay.Nothing, today.OfRule("payments", "one"));
        var seen = today.OfAgent("billing-bot");
        Assert.Equal((0, 0, entry.StoredAt), (seen.Allowed, seen.LastHour, seen.LastSeen));
        Assert.Equal(AgentActivity.None, today.OfAgent("nobody"));
    }

    private static long Minute(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerMinute;

    private static Entry Entry(Random random, long position, DateTimeOffset at) => new(
        new(position), at,
        Record(Kinds[random.Next(Kinds.Length)], random.Next(2) == 0 ? "billing-bot" : "report-bot", random.Next(2) == 0 ? "allow" : "deny") with
        {
            Agent = new(random.Next(2) == 0 ? "billing-bot" : "report-bot", "ada", null, $"key:k{random.Next(3)}"),
            Rules = random.Next(3) switch { 0 => ["one"], 1 => ["one", "two"], _ => [] },
            Observed = random.Next(3) == 0 ? ["two"] : [],
        },
        default);

    private static LedgerRecord Record(string kind, string agent, string decision) => Some.Record(kind) with
    {
        Agent = new(agent, "ada", null, "key:k1"),
        Action = new() { Route = "payments", Method = "GET", Target = "/" },
        Rules = ["one"],
        Observed = [],
        Decision = decision,
    };
}
