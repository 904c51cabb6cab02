using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AiAccessProxy.Approvals.Channels;
using AiAccessProxy.Control;
using AiAccessProxy.Control.SignIn.Oidc;
using AiAccessProxy.People;
using AiAccessProxy.Policies;
using AngleSharp.Dom;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Tests.Control;

public class StartTests
{
    [Theory]
    [InlineData("control:url", "nonsense")]
    [InlineData("control:certificate", "shown-by-nobody.pem")]
    [InlineData("control:certificateKey", "key-of-none.pem")]
    [InlineData("control:url", "http://127.0.0.1:1/console")]
    [InlineData("control:publicUrl", "https://approvals.example.com/console")]
    [InlineData("control:publicUrl", "https://grace@approvals.example.com")]
    [InlineData("control:hsts", "-00:00:01")]
    [InlineData("control:url", "http://proxy.internal:8081")]
    [InlineData("control:publicUrl", "ftp://x")]
    [InlineData("control:sessionIdle", "0s")]
    [InlineData("control:sessionLength", "30m")]
    [InlineData("control:historyTickets", "0")]
    public async Task A_wrong_setting_stops_the_start_and_is_named(string setting, string value)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => Console.StartAsync((setting, value)));
        Assert.StartsWith(setting, Assert.Single(refused.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_anybody_who_can_sign_in_the_start_is_refused_with_words()
    {
        var time = new ManualTime();
        var expired = Some.Person("grace", "old", expires: time.GetUtcNow());

        Assert.Contains("nobody can sign in", Check([]), StringComparison.Ordinal);
        Assert.Contains("nobody can sign in", Check([Some.Person("ada")]), StringComparison.Ordinal);
        Assert.Contains("nobody can sign in", Check([expired]), StringComparison.Ordinal);
        Assert.Null(Check([Some.Person("ada"), Some.Person("lin", "key")]));
        Assert.Null(Check([Some.Person("ada")], local: "ada"));
        var known = Some.Person("ada") with { Identities = [new("https://login.example.com", "1")] };
        Assert.Contains("nobody can sign in", Check([known]), StringComparison.Ordinal);
        Assert.Contains("nobody can sign in", Check([known], oidc: new() { Issuer = "https://other.example.com", ClientId = "c" }), StringComparison.Ordinal);
        Assert.Null(Check([known], oidc: new() { Issuer = "https://login.example.com", ClientId = "c" }));
        Assert.Contains("knows no 'eve'", Check([Some.Person("lin", "key")], local: "eve"), StringComparison.Ordinal);

        string? Check(Person[] people, string? local = null, OidcOptions? oidc = null) => new ReviewerCheck(
            new PolicyStore(Console.Snapshot with { People = new(people, new Dictionary<string, IReadOnlyList<string>>()) }),
            Options.Create(new ControlOptions { Local = local }),
            Options.Create(oidc ?? new()),
            time).Problem();
    }

    [Fact]
    public async Task Probes_answer_anybody_and_a_ledger_outage_alarms_without_failing()
    {
        await using var console = await Console.StartAsync();
        using var balancer = console.Visit();

        using (var live = await balancer.GetAsync("/livez", ("Host", "any-name"))) Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal("ok", (await ReadyAsync(balancer)).GetProperty("status").GetString());

        console.Ledger.Health.Fail(console.Time.GetUtcNow(), "/secret/path: no space left on device");
        Assert.Equal("alarm", (await ReadyAsync(balancer)).GetProperty("status").GetString());
        var alarm = await ReadyAsync(balancer, console.Address.Authority);

        Assert.Equal("alarm", alarm.GetProperty("status").GetString());
        Assert.NotEqual(JsonValueKind.Null, alarm.GetProperty("ledger").GetProperty("failing_since").ValueKind);
        Assert.DoesNotContain("secret", alarm.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Places_where_reviewers_are_not_reached_are_an_alarm_until_they_are()
    {
        await using var console = await Console.StartAsync();
        using var balancer = console.Visit();
        using var grace = await console.VisitAsync("grace");
        var task = new CardTask(new("teams", "security"), "nonce", null, 0);
        console.Of<ChannelAlarm>().Tried(task, new CardOutcome.Unreachable("the connector answered 500"));

        var (alarm, foreign) = (await ReadyAsync(balancer, console.Address.Authority), await ReadyAsync(balancer));
        Assert.Equal(("alarm", "alarm"), (alarm.GetProperty("status").GetString(), foreign.GetProperty("status").GetString()));
        Assert.Equal("teams:security", Assert.Single(alarm.GetProperty("channels").EnumerateArray()).GetProperty("place").GetString());
        Assert.DoesNotContain("security", foreign.ToString(), StringComparison.Ordinal);
        var concern = (await grace.PageAsync("/health")).QuerySelector("[data-concern=channels]")!.Text();
        Assert.Contains("teams:security since", concern, StringComparison.Ordinal);
        Assert.Contains("the connector answered 500", concern, StringComparison.Ordinal);
        using (var api = await balancer.GetAsync("/api/v1/health", ("Authorization", "Bearer key-of-grace")))
        {
            var health = await api.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
            Assert.Equal("alarm", health.GetProperty("status").GetString());
            Assert.Equal("teams:security", Assert.Single(health.GetProperty("failing_places").EnumerateArray()).GetProperty("place").GetString());
        }

        console.Of<ChannelAlarm>().Tried(task, new CardOutcome.Shown("there"));
        Assert.Equal("ok", (await ReadyAsync(balancer)).GetProperty("status").GetString());
        Assert.NotNull((await grace.PageAsync("/health")).QuerySelector("[data-health=ok]"));
    }

    [Fact]
    public async Task A_certificate_that_ends_is_an_alarm_at_the_API_as_at_readyz()
    {
        await using var console = await Console.StartAsync();
        using var grace = console.Visit();
        Assert.Equal("ok", await HealthAsync(grace));

        console.Of<CertificateHealth>().Tell("gate", ["gate: The certificate ends tomorrow."]);
        Assert.Equal("alarm", (await ReadyAsync(grace)).GetProperty("status").GetString());
        Assert.Equal("alarm", await HealthAsync(grace));

        console.Of<CertificateHealth>().Tell("gate", []);
        Assert.Equal("ok", await HealthAsync(grace));
    }

    [Fact]
    public async Task The_playground_is_an_alarm_at_the_API_as_at_readyz()
    {
        await using var console = await Console.StartAsync(("teams:playground", "true"), ("teams:tenants", "00000000-0000-0000-0000-0000000000d1"));
        using var grace = console.Visit();

        Assert.Equal("alarm", (await ReadyAsync(grace)).GetProperty("status").GetString());
        Assert.Equal("alarm", await HealthAsync(grace));
    }

    private static async Task<string?> HealthAsync(Visitor grace)
    {
        using var answer = await grace.GetAsync("/api/v1/health", ("Authorization", "Bearer key-of-grace"));
        var health = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return health.GetProperty("status").GetString();
    }

    private static async Task<JsonElement> ReadyAsync(Visitor balancer, string host = "any-name")
    {
        using var answer = await balancer.GetAsync("/readyz", ("Host", host));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }
}
