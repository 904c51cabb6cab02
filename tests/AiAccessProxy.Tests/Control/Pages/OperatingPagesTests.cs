using AiAccessProxy.Control;
using AiAccessProxy.Control.Pages.Operating;
using AiAccessProxy.Control.SignIn.Oidc;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;
using AiAccessProxy.Settings;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace AiAccessProxy.Tests.Control.Pages;

public class OperatingPagesTests
{
    [Fact]
    public async Task Settings_are_shown_with_who_set_them()
    {
        await using var console = await Console.StartAsync(("control:sessionIdle", "20m"));
        using var grace = await console.VisitAsync("grace");

        var page = await grace.PageAsync("/settings");

        Assert.Equal("20m", page.QuerySelector("[data-setting='control:sessionIdle'].set [data-value]")!.Text());
        Assert.Null(page.QuerySelector("[data-setting='control:sessionLength'].set"));
    }

    [Fact]
    public void A_secret_is_shown_as_set_and_no_more()
    {
        var secret = new Setting("control:oidc", typeof(OidcOptions).GetProperty(nameof(OidcOptions.ClientSecret))!, new OidcOptions());

        var page = new HtmlParser().ParseDocument(SettingsPage.Of(
            new(Some.Person("grace"), "key:laptop", null), [new(secret, "hunter2", "environment: AIACCESS__CONTROL__OIDC__CLIENTSECRET", false)], Some.Moment).ToString());

        Assert.Contains("set, and hidden", page.QuerySelector("[data-setting='control:oidc:clientSecret'].set")!.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_says_that_all_is_well()
    {
        await using var console = await Console.StartAsync();
        using var grace = await console.VisitAsync("grace");

        var page = await grace.PageAsync("/health");

        Assert.NotNull(page.QuerySelector("[data-health=ok]"));
        Assert.All(page.QuerySelectorAll("[data-concern] .status"), status => Assert.Equal("Well", status.Text()));
    }

    [Fact]
    public async Task Health_says_what_is_wrong_since_when_and_what_to_do()
    {
        await using var console = await Console.StartAsync();
        using var grace = await console.VisitAsync("grace");
        await console.Of<PolicyStore>().RefuseAsync(
            new(console.Time.GetUtcNow(), [new("api.yaml", 3, null, "upstream", "is missing", "say where the API is")]), TestContext.Current.CancellationToken);
        console.Of<CertificateHealth>().Tell("gate", ["gate:certificate ends tomorrow"]);

        var page = await grace.PageAsync("/health");

        Assert.NotNull(page.QuerySelector("[data-health=alarm]"));
        Assert.Contains("api.yaml:3: upstream: is missing", page.QuerySelector("[data-concern=policy]")!.Text(), StringComparison.Ordinal);
        Assert.Contains("gate:certificate ends tomorrow", page.QuerySelector("[data-concern=certificates]")!.Text(), StringComparison.Ordinal);
        Assert.Equal(["Alarm", "Alarm", "Well", "Well"], page.QuerySelectorAll("[data-concern] .status").Select(status => status.Text()));
    }

    [Fact]
    public async Task A_store_that_was_altered_is_an_alarm_although_it_records()
    {
        await using var console = await Console.StartAsync();
        using var grace = await console.VisitAsync("grace");
        var now = console.Time.GetUtcNow();
        console.Of<LedgerHealth>().Alarm(new(now, "ticket/t_1 was put back to revision 1"));
        console.Of<LedgerHealth>().Alarm(new(now, "Redis runs anew", now.AddHours(1)));

        var told = (await grace.PageAsync("/health")).QuerySelector("[data-concern=ledger]")!.Text();
        console.Time.Advance(TimeSpan.FromHours(1));
        using var later = await console.VisitAsync("grace");
        var left = (await later.PageAsync("/health")).QuerySelector("[data-concern=ledger]")!.Text();

        Assert.Contains("Alarm", told, StringComparison.Ordinal);
        Assert.Contains("was put back to revision 1", told, StringComparison.Ordinal);
        Assert.Contains("Redis runs anew", told, StringComparison.Ordinal);
        Assert.Contains("was put back to revision 1", left, StringComparison.Ordinal);
        Assert.DoesNotContain("Redis runs anew", left, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_not_there_leads_those_who_have_signed_in_back()
    {
        await using var console = await Console.StartAsync();
        using var grace = await console.VisitAsync("grace");
        using var answer = await grace.GetAsync("/nothing");
        using var stranger = console.Visit();
        using var told = await stranger.GetAsync("/nothing");

        Assert.NotNull((await Visitor.ParseAsync(answer)).QuerySelector("nav a[href='/ledger']"));
        Assert.Null((await Visitor.ParseAsync(told)).QuerySelector("nav"));
    }
}
