using AiAccessProxy.Approvals;
using AiAccessProxy.Policies;
using FsCheck;
using FsCheck.Fluent;

namespace AiAccessProxy.Tests.Approvals;

public class QuorumTests
{
    private static readonly string[] People = ["a", "b", "c", "d", "e"];

    [Fact]
    public void One_person_meets_one_need_only()
    {
        Need[] needs = [new(1, ["person:a", "person:b"]), new(1, ["person:a"])];

        Assert.False(IsMet(needs, "a"));
        Assert.False(IsMet(needs, "a", "a"));
        Assert.True(IsMet(needs, "a", "b"));
        Assert.True(IsMet(needs, "b", "a"));
    }

    [Fact]
    public void A_person_who_could_meet_two_needs_leaves_one_to_somebody_else_whatever_the_order()
    {
        Need[] needs = [new(1, ["person:a", "person:b"]), new(1, ["person:b", "person:c"]), new(1, ["person:a"])];

        Assert.True(IsMet(needs, "b", "a", "c"));
        Assert.True(IsMet(needs, "c", "b", "a"));
        Assert.False(IsMet(needs, "b", "c", "d"));
    }

    [Fact]
    public void No_needs_and_needs_for_nobody_permit_nothing()
    {
        Assert.False(IsMet([], "a"));
        Assert.False(IsMet([new(0, ["person:a"])], "a"));
        Assert.False(IsMet([new(1, ["person:a"]), new(-1, ["person:a"])], "a", "b"));
        Assert.False(IsMet([new(int.MaxValue, ["person:a"]), new(int.MaxValue, ["person:a"])], "a"));
    }

    [Fact]
    public void It_agrees_with_trying_every_way_to_seat_people()
    {
        var need = from approvals in Gen.Choose(1, 3)
                   from who in Gen.SubListOf(People)
                   select new Need(approvals, [.. who.Select(person => $"person:{person}")]);
        var cases = from count in Gen.Choose(1, 3)
                    from needs in need.ListOf(count)
                    from voters in Gen.Elements(People).ListOf(6)
                    select (Needs: needs.ToList(), Voters: voters.ToList());

        var met = 0;
        foreach (var (needs, voters) in cases.Sample(Some.Runs(20_000), 10))
        {
            var brute = Seats(needs.SelectMany(one => Enumerable.Repeat(one, one.Approvals)).ToList(), 0, [.. voters.Distinct()]);
            Assert.Equal(brute, Quorum.IsMet(needs, voters, Means));
            met += brute ? 1 : 0;
        }

        Assert.True(met > 100, $"only {met} cases were met: the generator shows nothing");
    }

    private static bool Seats(List<Need> seats, int at, HashSet<string> left) =>
        at == seats.Count
        || left.Any(person => seats[at].From.Contains($"person:{person}") && Seats(seats, at + 1, [.. left.Where(other => other != person)]));

    private static bool IsMet(Need[] needs, params string[] people) => Quorum.IsMet(needs, people, Means);

    private static bool Means(string reference, string person) => reference == $"person:{person}";
}
