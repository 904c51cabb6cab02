using AiAccessProxy.Agents;
using AiAccessProxy.Approvals.Roster;

namespace AiAccessProxy.Tests.Approvals.Roster;

/// <summary>Keys come and go at random, on the clock and beside it; what the directory believes is held against what was asked and when.</summary>
public class KeyMovesTests
{
    private const string Bot = "billing-bot";

    private static readonly string?[] People = [null, "joan", "grace", "ada"];

    [Fact]
    public void A_key_proves_its_agent_from_its_making_to_its_end_and_never_more_than_the_files_let_it()
    {
        for (var seed = 0; seed < Some.Runs(150); seed++)
        {
            var random = new Random(seed);
            var granted = People.Where(_ => random.Next(2) == 0).ToHashSet();
            var written = granted.Select((person, i) => Some.AgentKey($"written-{i}", $"w{i}", onBehalfOf: person)).ToList();
            var files = new AgentDirectory([(Some.Agent(), written)]);
            var (standing, now) = (new AgentStanding(Bot), Some.Moment);
            var known = written.ToDictionary(key => key.Id, key => new Known($"written-{written.IndexOf(key)}", key.Id, key.OnBehalfOf, DateTimeOffset.MinValue, DateTimeOffset.MaxValue));
            for (var step = 0; step < 60; step++)
            {
                now += TimeSpan.FromMinutes(random.Next(90));
                var old = known.Count == 0 || random.Next(8) == 0 ? "never-was" : known.Keys.ElementAt(random.Next(known.Count));
                var (secret, id) = ($"secret-{step}", $"k{step}");
                var expires = random.Next(3) == 0 ? now + TimeSpan.FromMinutes(random.Next(-30, 300)) : (DateTimeOffset?)null;
                var person = People[random.Next(People.Length)];
                var overlap = TimeSpan.FromMinutes(random.Next(3) * 60);
                var wish = new KeyWish(Some.AgentKey(secret, id, expires, person), "mallory", null);
                var what = random.Next(3);
                var outcome = what switch
                {
                    0 => KeyMoves.Create(standing, files, wish, now),
                    1 => KeyMoves.Rotate(standing, files, old, wish, overlap, now),
                    _ => KeyMoves.Revoke(standing, files, old, "mallory", now),
                };
                switch (outcome)
                {
                    case RosterOutcome.KeyMade(var next, var key):
                        standing = next;
                        var chain = what == 1 ? known[old].Chain : id;
                        if (what == 1) known[old] = known[old] with { Ends = Earlier(known[old].Ends, now + overlap) };
                        known[id] = new(secret, chain, what == 1 ? known[old].Person : person, now, expires ?? DateTimeOffset.MaxValue);
                        break;
                    case RosterOutcome.Done(var next, var changed):
                        standing = next;
                        if (changed) known[old] = known[old] with { Ends = Earlier(known[old].Ends, now) };
                        Assert.True(known[old].Ends <= now);
                        break;
                    case RosterOutcome.NotGranted:
                        Assert.DoesNotContain(what == 1 ? known[old].Person : person, granted.Count == 0 ? [null] : granted);
                        break;
                }

                Check(files.With(AgentRoster.Empty.With(standing, step + 1)), known.Values, now, granted);
            }
        }
    }

    [Fact]
    public void What_the_files_no_longer_let_an_agent_do_its_keys_do_not_let_it_do_either()
    {
        var files = new AgentDirectory([(Some.Agent(), [Some.AgentKey("w", onBehalfOf: "joan"), Some.AgentKey("w2", "k2")])]);
        var made = Assert.IsType<RosterOutcome.KeyMade>(KeyMoves.Create(new(Bot), files, new(Some.AgentKey("s", "k3", null, "joan"), "mallory", null), Some.Moment));
        var roster = AgentRoster.Empty.With(made.Standing, 1);
        Assert.Equal("joan", files.With(roster).Identify("s", Some.Moment)!.OnBehalfOf);

        var without = new AgentDirectory([(Some.Agent(), [Some.AgentKey("w2", "k2")])]).With(roster);
        Assert.Null(without.Identify("s", Some.Moment));
        Assert.Null(new AgentDirectory([(Some.Agent("other-bot"), [Some.AgentKey("w", onBehalfOf: "joan")])]).With(roster).Identify("s", Some.Moment));
    }

    [Fact]
    public void A_key_that_was_revoked_stays_so_when_somebody_has_written_it_into_the_files()
    {
        var (before, after) = (new AgentDirectory([(Some.Agent(), [])]), new AgentDirectory([(Some.Agent(), [Some.AgentKey("s", "mine")])]));
        var made = Assert.IsType<RosterOutcome.KeyMade>(KeyMoves.Create(new(Bot), before, new(Some.AgentKey("s", "k3"), "mallory", null), Some.Moment));
        Assert.Equal("key:mine", after.With(AgentRoster.Empty.With(made.Standing, 1)).Identify("s", Some.Moment)!.AuthenticatedBy);

        var revoked = Assert.IsType<RosterOutcome.Done>(KeyMoves.Revoke(made.Standing, after, "k3", "mallory", Some.Moment)).Standing;

        Assert.Null(after.With(AgentRoster.Empty.With(revoked, 2)).Identify("s", Some.Moment));
    }

    [Fact]
    public void A_repeated_request_makes_no_second_key()
    {
        var files = new AgentDirectory([(Some.Agent(), [])]);
        var made = Assert.IsType<RosterOutcome.KeyMade>(KeyMoves.Create(new(Bot), files, new(Some.AgentKey("s", "k3"), "mallory", "request"), Some.Moment));
        Assert.Equal(
            new RosterOutcome.AlreadyMade("k3"),
            KeyMoves.Create(made.Standing, files, new(Some.AgentKey("s2", "k4"), "mallory", "request"), Some.Moment));
    }

    [Fact]
    public void Keys_of_an_agent_are_bounded_and_those_that_ended_long_ago_are_forgotten()
    {
        var files = new AgentDirectory([(Some.Agent(), [])]);
        var (standing, now) = (new AgentStanding(Bot), Some.Moment);
        for (var i = 0; i < KeyMoves.MostKept * 3; i++)
        {
            now += KeyMoves.Remembered / 4;
            var made = KeyMoves.Create(standing, files, new(Some.AgentKey($"s{i}", $"k{i}", now.AddDays(1)), "mallory", null), now);
            standing = Assert.IsType<RosterOutcome.KeyMade>(made).Standing;
        }

        Assert.InRange(standing.Issued.Count, 4, 6);
        for (var i = 0; i < KeyMoves.MostLive; i++)
            standing = (KeyMoves.Create(standing, files, new(Some.AgentKey($"t{i}", $"l{i}"), "mallory", null), now) as RosterOutcome.KeyMade)?.Standing ?? standing;
        Assert.Equal(new RosterOutcome.TooManyKeys(KeyMoves.MostLive), KeyMoves.Create(standing, files, new(Some.AgentKey("u", "u"), "mallory", null), now));
    }

    private static void Check(AgentDirectory directory, IEnumerable<Known> known, DateTimeOffset now, HashSet<string?> granted)
    {
        foreach (var key in known)
        {
            var caller = directory.Identify(key.Secret, now);
            Assert.Equal(key.Made <= now && now < key.Ends, caller is not null);
            if (caller is null) continue;
            Assert.Equal((Bot, key.Person), (caller.Agent.Id, caller.OnBehalfOf));
            Assert.Contains(caller.OnBehalfOf, granted.Count == 0 ? [null] : granted);
        }

        Assert.All(known.Where(key => now < key.Ends).GroupBy(key => key.Chain), chain => Assert.InRange(chain.Count(), 1, 2));
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private sealed record Known(string Secret, string Chain, string? Person, DateTimeOffset Made, DateTimeOffset Ends);
}
