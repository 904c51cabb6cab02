using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using AiAccessProxy.Ledger;
using Microsoft.AspNetCore.Http;

namespace AiAccessProxy.Tests.Control.Oidc;

public class OidcSignInTests
{
    [Fact]
    public async Task A_person_whom_the_provider_knows_signs_in_and_the_record_says_how()
    {
        await using var world = await OidcWorld.StartAsync();
        using var visitor = world.Console.Visit();

        var asked = await OidcWorld.BeginAsync(visitor, "/history");
        Assert.Equal(
            (OidcWorld.ClientId, "code", "query", "S256", "openid profile", "http://localhost/sign-in/oidc/return", "1"),
            (asked["client_id"], asked["response_type"], asked["response_mode"], asked["code_challenge_method"], asked["scope"], asked["redirect_uri"], asked["tenant"]));
        using var answer = await world.ReturnAsync(visitor, asked);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("/history", (await Visitor.ParseAsync(answer)).QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains("Grace", (await visitor.PageAsync("/")).QuerySelector(".who")!.TextContent, StringComparison.Ordinal);
        var record = Assert.Single(await world.Console.RecordsAsync(), record => record.Kind == RecordKind.PersonSignedIn);
        Assert.Equal(new RecordedReviewer("grace", "console", "oidc:127.0.0.1"), record.Reviewer);

        Assert.Equal(("authorization_code", "the-code", asked["redirect_uri"]), (world.Exchanged!["grant_type"].ToString(), world.Exchanged["code"].ToString(), world.Exchanged["redirect_uri"].ToString()));
        Assert.Equal(asked["code_challenge"], Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(world.Exchanged["code_verifier"]!))));
        Assert.Equal("Basic " + Convert.ToBase64String("console:s%3Acret"u8), world.ExchangedBy);
    }

    [Fact]
    public async Task What_began_it_is_known_to_the_browser_alone_and_the_session_is_new()
    {
        await using var world = await OidcWorld.StartAsync();
        using var visitor = await world.Console.VisitAsync("joan");
        var before = visitor.Cookie!;
        using var begun = await visitor.GetAsync("/sign-in/oidc");
        var cookie = begun.Headers.GetValues("Set-Cookie").Single().Split("; ");
        Assert.Equal(["httponly", "max-age=600", "path=/", "samesite=lax"], cookie.Skip(1).Where(one => !one.StartsWith("expires", StringComparison.Ordinal)).Order());
        var asked = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(begun.Headers.Location!.Query).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        Assert.All(["state", "nonce", "code_challenge"], name => Assert.DoesNotContain(asked[name], cookie[0], StringComparison.Ordinal));

        visitor.Cookie = $"{before}; {cookie[0]}";
        using var answer = await world.ReturnAsync(visitor, asked);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain(visitor.Cookie!, before, StringComparison.Ordinal);
        visitor.Cookie = before;
        using var old = await visitor.GetAsync("/");
        Assert.Equal(HttpStatusCode.SeeOther, old.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:alert(1)")]
    public async Task A_sign_in_leads_nowhere_else(string to)
    {
        await using var world = await OidcWorld.StartAsync();

        var (visitor, answer) = await world.SignInAsync(to);

        using (visitor)
        using (answer)
            Assert.Equal("/", (await Visitor.ParseAsync(answer)).QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Whose_identity_or_person_is_taken_away_is_out_at_once()
    {
        await using var world = await OidcWorld.StartAsync();
        var (visitor, answer) = await world.SignInAsync();
        answer.Dispose();
        using (visitor)
        {
            await visitor.PageAsync("/");
            await world.KnowAsync("another-subject");
            await world.IsNobodyAsync(visitor);
        }

        await world.KnowAsync("subject-of-grace");
        (visitor, answer) = await world.SignInAsync();
        answer.Dispose();
        using (visitor)
        {
            await visitor.PageAsync("/");
            await world.KnowAsync(null, isGraceThere: false);
            await world.IsNobodyAsync(visitor);
        }
    }

    [Fact]
    public async Task Signing_out_ends_the_session_here_and_leads_to_where_the_providers_is_ended()
    {
        await using var world = await OidcWorld.StartAsync();
        var (visitor, answer) = await world.SignInAsync();
        answer.Dispose();
        using (visitor)
        {
            var form = (await visitor.PageAsync("/")).QuerySelector("form.who")!;
            using var left = await visitor.PostAsync("/sign-out", [("token", form.QuerySelector("input[name=token]")!.GetAttribute("value")!)]);

            Assert.Equal(
                $"{world.Provider.Url}/end?client_id=console&post_logout_redirect_uri={Uri.EscapeDataString("http://localhost/sign-in")}",
                (await Visitor.ParseAsync(left)).QuerySelector("a")!.GetAttribute("href"));
            await world.IsNobodyAsync(visitor);
        }
    }

    [Fact]
    public async Task The_sign_in_page_offers_the_provider_first_and_takes_keys_still()
    {
        await using var world = await OidcWorld.StartAsync();
        using var visitor = world.Console.Visit();

        var page = await visitor.PageAsync("/sign-in?to=/history");

        Assert.Equal(("Sign in with <Example>", "/sign-in/oidc?to=%2Fhistory"), (page.QuerySelector("#provider")!.TextContent, page.QuerySelector("#provider")!.GetAttribute("href")));
        using var joan = await world.Console.VisitAsync("joan");
        await joan.PageAsync("/");
    }

    [Fact]
    public async Task Without_a_provider_there_is_no_such_way_in()
    {
        await using var console = await Console.StartAsync();
        using var visitor = console.Visit();

        foreach (var path in new[] { "/sign-in/oidc", "/sign-in/oidc/return?code=c&state=s" })
        {
            using var answer = await visitor.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        Assert.Null((await visitor.PageAsync("/sign-in")).QuerySelector("#provider"));
    }

    [Fact]
    public async Task A_provider_that_is_down_is_said_to_be_and_nobody_is_sent_there()
    {
        await using var world = await OidcWorld.StartAsync();
        world.Provider.OnMetadata = context =>
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        };
        using var visitor = world.Console.Visit();

        using var answer = await visitor.GetAsync("/sign-in/oidc");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (answer.StatusCode, answer.Headers.RetryAfter is not null));
    }
}
