using System.Net;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Tests.Control;

/// <summary>Two instances of the console on one ledger, and a balancer that sends each request to either.</summary>
public sealed class SharedSessionsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_signed_in_at_one_goes_on_at_the_other_forms_and_all()
    {
        var (one, other) = await Console.StartTwoAsync();
        await using var first = one;
        await using var second = other;
        using var grace = await one.VisitAsync("grace");
        using var elsewhere = At(other, grace);
        var ticket = await one.OpenAsync();

        var page = await elsewhere.PageAsync($"/tickets/{ticket.Id.Value}");
        var form = page.QuerySelector("form#approve")!;
        Assert.NotNull(form);
        Assert.Contains("Grace", page.QuerySelector(".who")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            (await grace.PageAsync($"/tickets/{ticket.Id.Value}")).QuerySelector("form#approve input[name=token]")!.GetAttribute("value"),
            form.QuerySelector("input[name=token]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Who_signs_out_at_one_is_signed_out_at_all_on_record()
    {
        var (one, other) = await Console.StartTwoAsync();
        await using var first = one;
        await using var second = other;
        using var grace = await one.VisitAsync("grace");
        using var elsewhere = At(other, grace);
        var stolen = At(one, grace);
        var token = (await elsewhere.PageAsync("/")).QuerySelector("input[name=token]")!.GetAttribute("value")!;

        using (var answer = await elsewhere.PostAsync("/sign-out", [("token", token)])) Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);

        using (stolen)
        using (var answer = await stolen.GetAsync("/")) Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Contains(await one.RecordsAsync(), record => record.Kind == RecordKind.PersonSignedOut && record.Reviewer!.Id == "grace");
    }

    [Fact]
    public async Task A_session_that_is_used_at_one_stays_open_at_the_other_and_idle_ones_end_at_both()
    {
        var (one, other) = await Console.StartTwoAsync();
        await using var first = one;
        await using var second = other;
        using var grace = await one.VisitAsync("grace");
        using var elsewhere = At(other, grace);
        for (var i = 0; i < 3; i++)
        {
            one.Time.Advance(TimeSpan.FromMinutes(40));
            await grace.PageAsync("/");
        }

        await elsewhere.PageAsync("/");
        one.Time.Advance(TimeSpan.FromMinutes(61));
        using var late = await elsewhere.GetAsync("/");
        Assert.Equal(HttpStatusCode.SeeOther, late.StatusCode);
    }

    [Fact]
    public async Task One_more_session_than_a_person_may_have_ends_the_oldest_wherever_it_was_opened()
    {
        var (one, other) = await Console.StartTwoAsync();
        await using var first = one;
        await using var second = other;
        using var oldest = await one.VisitAsync("grace");
        for (var i = 0; i < 20; i++)
        {
            one.Time.Advance(TimeSpan.FromSeconds(1));
            using var next = await (i % 2 == 0 ? one : other).VisitAsync("grace");
        }

        using var answer = await oldest.GetAsync("/");
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    [Fact]
    public async Task A_made_up_session_opens_nothing_and_the_store_does_not_hold_what_would()
    {
        var (one, other) = await Console.StartTwoAsync();
        await using var first = one;
        await using var second = other;
        using var grace = await one.VisitAsync("grace");
        var id = grace.Cookie!.Split('=')[1];

        await foreach (var register in one.Ledger.LiveAsync("session", null, Token))
        {
            Assert.DoesNotContain(id, System.Text.Encoding.UTF8.GetString(register.State.Span), StringComparison.Ordinal);
            using var thief = other.Visit();
            thief.Cookie = $"ai-access-{other.Address.Port}={register.Id.Key}";
            using var answer = await thief.GetAsync("/");
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        }
    }

    /// <summary>The same browser at another instance; on plain http the cookie's name has the port, which behind a balancer is one.</summary>
    private static Visitor At(Console console, Visitor visitor)
    {
        var same = console.Visit();
        same.Cookie = $"ai-access-{console.Address.Port}={visitor.Cookie!.Split('=', 2)[1]}";
        return same;
    }
}
