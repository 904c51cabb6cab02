using System.Net;
using AiAccessProxy.Control.SignIn;
using AiAccessProxy.Control.SignIn.Oidc;
using AiAccessProxy.Ledger;
using AiAccessProxy.Tests.Tokens;
using Microsoft.AspNetCore.Http;

namespace AiAccessProxy.Tests.Control.Oidc;

/// <summary>A browser comes back from the provider, or seems to.</summary>
public class OidcReturnTests
{
    [Theory]
    [InlineData("another state", "sign-in-void")]
    [InlineData("no state", "sign-in-void")]
    [InlineData("state twice", "sign-in-void")]
    [InlineData("no cookie", "sign-in-void")]
    [InlineData("another browser's cookie", "sign-in-void")]
    [InlineData("a changed cookie", "sign-in-void")]
    [InlineData("too late", "sign-in-void")]
    [InlineData("another issuer", "sign-in-void")]
    [InlineData("two issuers", "sign-in-void")]
    [InlineData("an issuer that should be there", "sign-in-void")]
    [InlineData("an error", "provider-refused")]
    [InlineData("an error and a code", "provider-refused")]
    [InlineData("no code", "provider-refused")]
    [InlineData("code twice", "provider-refused")]
    [InlineData("an endless code", "provider-refused")]
    public async Task An_answer_that_is_not_to_what_this_browser_asked_signs_nobody_in(string what, string kind)
    {
        await using var world = await OidcWorld.StartAsync();
        if (what == "an issuer that should be there")
        {
            var usual = world.Provider.Metadata;
            world.Provider.Metadata = document =>
            {
                usual(document);
                document["authorization_response_iss_parameter_supported"] = true;
            };
        }

        using var visitor = world.Console.Visit();
        using var other = world.Console.Visit();
        var (asked, others) = (await OidcWorld.BeginAsync(visitor), await OidcWorld.BeginAsync(other));
        var state = $"state={asked["state"]}";
        var from = $"iss={Uri.EscapeDataString(world.Provider.Url)}";
        var query = what switch
        {
            "another state" => $"code=c&state={others["state"]}&{from}",
            "no state" => $"code=c&{from}",
            "state twice" => $"code=c&{state}&{state}&{from}",
            "another issuer" => $"code=c&{state}&iss=https%3A%2F%2Fevil.example",
            "two issuers" => $"code=c&{state}&{from}&{from}",
            "an issuer that should be there" => $"code=c&{state}",
            "an error" => $"error=access_denied&error_description=%3Cscript%3E&{state}&{from}",
            "an error and a code" => $"error=access_denied&code=c&{state}&{from}",
            "no code" => $"{state}&{from}",
            "code twice" => $"code=c&code=c&{state}&{from}",
            "an endless code" => $"code={new string('c', 4097)}&{state}&{from}",
            _ => $"code=c&{state}&{from}",
        };
        if (what == "no cookie") visitor.Cookie = null;
        if (what == "another browser's cookie") visitor.Cookie = other.Cookie;
        if (what == "a changed cookie") visitor.Cookie = visitor.Cookie![..^3] + "AAA";
        if (what == "too late") world.Console.Time.Advance(PendingSignIn.Lasts);

        using var answer = await world.ReturnAsync(visitor, asked, $"/sign-in/oidc/return?{query}");

        Assert.Equal(kind, (await Visitor.ParseAsync(answer)).QuerySelector("[data-problem]")!.GetAttribute("data-problem"));
        Assert.Null(world.Exchanged);
        await world.IsNobodyAsync(visitor);
    }

    [Theory]
    [InlineData("HTML")]
    [InlineData("a failure")]
    [InlineData("a redirect")]
    [InlineData("no token")]
    [InlineData("a number as token")]
    public async Task A_provider_that_does_not_change_the_code_for_a_token_signs_nobody_in(string what)
    {
        await using var world = await OidcWorld.StartAsync();
        world.Provider.OnToken = context =>
        {
            if (what == "a failure") context.Response.StatusCode = 400;
            if (what == "a redirect") context.Response.Redirect($"{world.Provider.Url}/keys");
            return context.Response.WriteAsync(what switch { "HTML" => "<html>", "no token" => "{}", "a number as token" => """{"id_token":1}""", _ => "" });
        };

        var (visitor, answer) = await world.SignInAsync();

        using (visitor)
        using (answer)
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            await world.IsNobodyAsync(visitor);
        }
    }

    [Fact]
    public async Task Codes_cannot_be_tried_quickly_and_what_any_page_can_send_uses_up_no_tries()
    {
        await using var world = await OidcWorld.StartAsync();
        using var browser = world.Console.Visit();
        for (var number = 0; number < 2 * FailedTries.Allowed; number++)
        {
            browser.Cookie = null;
            using var sent = await browser.GetAsync("/sign-in/oidc/return?code=c&state=s");
            Assert.Equal(HttpStatusCode.Forbidden, sent.StatusCode);
        }

        world.IdToken = _ => "no-token";
        for (var number = 0; number <= FailedTries.Allowed; number++)
        {
            var (visitor, answer) = await world.SignInAsync();
            Assert.Equal(number < FailedTries.Allowed ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.TooManyRequests, answer.StatusCode);
            visitor.Dispose();
            answer.Dispose();
        }
    }

    [Fact]
    public async Task No_hostile_token_ends_a_sign_in()
    {
        await using var world = await OidcWorld.StartAsync();
        var (good, first) = await world.SignInAsync();
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        first.Dispose();
        good.Dispose();
        var accepted = new List<string>();
        foreach (var (what, make) in HostileTokens.All)
        {
            // Whoever fails ten times within a minute would not be heard any more.
            world.Console.Time.Advance(FailedTries.Within);
            world.IdToken = make;
            var (visitor, answer) = await world.SignInAsync();
            if (answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.TooManyRequests) accepted.Add(what);
            visitor.Dispose();
            answer.Dispose();
        }

        Assert.Empty(accepted);
        Assert.Single(await world.Console.RecordsAsync(), record => record.Kind == RecordKind.PersonSignedIn);
        world.IdToken = forge => forge.Token();
        (good, first) = await world.SignInAsync();
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        first.Dispose();
        good.Dispose();
    }

    [Theory]
    [InlineData("another nonce", "sign-in-void")]
    [InlineData("no nonce", "sign-in-void")]
    [InlineData("for another client", "sign-in-void")]
    [InlineData("of a program", "unknown-person")]
    [InlineData("of a stranger", "unknown-person")]
    [InlineData("of nobody", "unknown-person")]
    [InlineData("of another type", "provider-unavailable")]
    [InlineData("for the API", "provider-unavailable")]
    [InlineData("for agents", "provider-unavailable")]
    public async Task A_good_token_that_was_not_made_for_this_sign_in_ends_none(string what, string kind)
    {
        await using var world = await OidcWorld.StartAsync();
        world.IdToken = forge => what switch
        {
            "another nonce" => forge.Token(claims => claims["nonce"] = "another"),
            "no nonce" => forge.Token(claims => claims.Remove("nonce")),
            "for another client" => forge.Token(claims => claims["azp"] = "another"),
            "of a program" => forge.Token(claims => claims["idtyp"] = "app"),
            "of a stranger" => forge.Token(claims => claims["sub"] = "<b>stranger</b>"),
            "of nobody" => forge.Token(claims => claims.Remove("sub")),
            "of another type" => forge.Token(header: head => head["typ"] = "at+jwt"),
            "for the API" => forge.Token(claims => claims["aud"] = OidcWorld.ApiAudience),
            _ => forge.Token(claims => claims["aud"] = OidcWorld.AgentAudience),
        };

        var (visitor, answer) = await world.SignInAsync();

        using (visitor)
        using (answer)
        {
            var page = await Visitor.ParseAsync(answer);
            Assert.Equal(kind, page.QuerySelector("[data-problem]")!.GetAttribute("data-problem"));
            Assert.Null(page.QuerySelector("main b b"));
            await world.IsNobodyAsync(visitor);
        }
    }
}
