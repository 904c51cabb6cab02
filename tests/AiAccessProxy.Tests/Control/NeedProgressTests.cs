using AiAccessProxy.Approvals;
using AiAccessProxy.Control.Pages;
using AiAccessProxy.Policies;
using FsCheck;
using FsCheck.Fluent;

namespace AiAccessProxy.Tests.Control;

public class NeedProgressTests
{
    private static readonly string[] People = ["ada", "grace", "lin", "joan"];

    [Theory]
    [InlineData("", "0 of 2, still needs 1 from finance and 1 from security")]
    [InlineData("grace", "1 of 2, still needs 1 from security")]
    [InlineData("joan", "1 of 2, still needs 1 from finance")]
    [InlineData("grace joan", "2 of 2")]
    [InlineData("grace lin", "1 of 2, still needs 1 from security")]
    [InlineData("ada", "0 of 2, still needs 1 from finance and 1 from security")]
    public void It_says_who_is_still_missing(string approvers, string said) =>
        Assert.Equal(said, NeedProgress.Of(Voted(approvers.Split(' ', StringSplitOptions.RemoveEmptyEntries), new(1, ["group:finance"]), new(1, ["group:security"])), Console.Snapshot).ToString());

    [Fact]
    public void People_are_named_and_alternatives_are_said() => Assert.Equal(
        "0 of 2, still needs 2 from finance or Joan",
        NeedProgress.Of(Voted([], new Need(2, ["group:finance", "person:joan"])), Console.Snapshot).ToString());

    [Fact]
    public void It_is_complete_exactly_when_the_desk_says_that_the_needs_are_met()
    {
        var need = from approvals in Gen.Choose(1, 3)
                   from references in Gen.Elements("group:finance", "group:security", "person:grace", "person:lin", "person:ada").NonEmptyListOf()
                   select new Need(approvals, [.. references.Distinct()]);
        var cases = from needs in need.NonEmptyListOf()
                    from approvers in Gen.SubListOf(People)
                    select (Needs: needs.ToArray(), Approvers: approvers.ToArray());
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Some.Runs(2_000)), Prop.ForAll(cases.ToArbitrary(), one =>
        {
            var ticket = Voted(one.Approvers, one.Needs);
            var progress = NeedProgress.Of(ticket, Console.Snapshot);
            return (progress.Open.Count == 0) == Entitlement.IsMet(ticket, ticket.Votes, Console.Snapshot)
                && progress.Given + progress.Open.Sum(open => open.Missing) == progress.Asked;
        }));
    }

    private static Ticket Voted(IEnumerable<string> approvers, params Need[] needs) =>
        Some.Ticket(needs) with { Agent = new("billing-bot", "ada", null, "key:k1"), Votes = [.. approvers.Select(person => new Vote(person, true, null, DateTimeOffset.UnixEpoch, "console", "key:laptop"))] };
}
