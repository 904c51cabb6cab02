using System.Collections.Concurrent;
using AiAccessProxy.EndToEnd.Harness;
using AiAccessProxy.Tests.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace AiAccessProxy.EndToEnd.Attacks;

/// <summary>
/// An OpenID provider with a page of its own on another site, which sends a browser back at once with a code for whoever is said to sit there, or stops
/// so that an attacker can do something with the answer first.
/// </summary>
internal sealed class LeadingProvider : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, (string Person, string Nonce)> _codes = new();
    private readonly EvilSite _page;
    private readonly IssuerDouble _issuer;

    private LeadingProvider(EvilSite page, IssuerDouble issuer)
    {
        (_page, _issuer) = (page, issuer);
        page.On = AuthorizeAsync;
        issuer.Metadata = document =>
        {
            document["authorization_endpoint"] = $"{page.Address}authorize";
            document["token_endpoint"] = $"{issuer.Url}/token";
        };
        issuer.OnToken = TokenAsync;
    }

    public string Issuer => _issuer.Url;

    /// <summary>Where a browser stands that was sent there to sign in.</summary>
    public Uri Page => _page.Address;

    /// <summary>Who sits at the browser that comes next.</summary>
    public string Person { get; set; } = "grace";

    /// <summary>Whether the browser stays here; its way back is then in <see cref="Answers"/>.</summary>
    public bool Stops { get; set; }

    /// <summary>The addresses of the console to which browsers were sent back, or would have been.</summary>
    public ConcurrentQueue<string> Answers { get; } = [];

    /// <summary>Changes the claims of the token that a code is exchanged for.</summary>
    public Action<System.Text.Json.Nodes.JsonObject> Claims { get; set; } = _ => { };

    public static async Task<LeadingProvider> StartAsync() => new(await EvilSite.StartAsync(), await IssuerDouble.StartAsync());

    public async ValueTask DisposeAsync()
    {
        await _issuer.DisposeAsync();
        await _page.DisposeAsync();
    }

    private Task AuthorizeAsync(HttpContext context)
    {
        var (query, code) = (context.Request.Query, Key.New().Text);
        if (query["redirect_uri"] is not [{ } back] || query["state"] is not [{ } state]) return Task.CompletedTask;
        _codes[code] = (Person, query["nonce"].ToString());
        var answer = QueryHelpers.AddQueryString(back, [KeyValuePair.Create("code", (StringValues)code), KeyValuePair.Create("state", (StringValues)state)]);
        Answers.Enqueue(answer);
        if (Stops) return context.Response.WriteAsync("stopped");
        context.Response.Redirect(answer);
        return Task.CompletedTask;
    }

    private async Task TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        if (!_codes.TryRemove(form["code"].ToString(), out var known))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync("""{"error":"invalid_grant"}""");
            return;
        }

        var token = new TokenForge(Issuer, "console", TimeProvider.System.GetUtcNow()).Token(claims =>
        {
            (claims["sub"], claims["nonce"]) = (known.Person, known.Nonce);
            claims.Remove("azp");
            Claims(claims);
        });
        await context.Response.WriteAsJsonAsync(new { id_token = token, access_token = "x", token_type = "Bearer" });
    }
}
