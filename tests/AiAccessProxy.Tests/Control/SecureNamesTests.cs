using System.Net;

namespace AiAccessProxy.Tests.Control;

/// <summary>Behind a terminator of TLS: the plane itself speaks plain HTTP, and people come by https under the public name.</summary>
public class SecureNamesTests
{
    private const string Public = "https://approvals.example.com";

    [Fact]
    public async Task Under_the_public_name_browsers_are_told_to_insist_on_https_and_elsewhere_they_are_not()
    {
        await using var console = await Console.StartAsync(("control:publicUrl", Public));
        using var visitor = console.Visit();

        Assert.Equal("max-age=31536000", await InsistenceAsync(visitor, "/sign-in", "approvals.example.com"));
        Assert.Equal("max-age=31536000", await InsistenceAsync(visitor, "/api/v1/whoami", "APPROVALS.example.com"));
        Assert.Null(await InsistenceAsync(visitor, "/sign-in", null));
        Assert.Null(await InsistenceAsync(visitor, "/livez", "10.0.0.1"));
    }

    [Theory]
    [InlineData("http://approvals.example.com", "1d")]
    [InlineData(Public, "0s")]
    public async Task Without_https_or_with_the_setting_at_nothing_they_are_not(string publicUrl, string hsts)
    {
        await using var console = await Console.StartAsync(("control:publicUrl", publicUrl), ("control:hsts", hsts));
        using var visitor = console.Visit();
        Assert.Null(await InsistenceAsync(visitor, "/sign-in", "approvals.example.com"));
    }

    [Fact]
    public async Task How_long_they_insist_is_set()
    {
        await using var console = await Console.StartAsync(("control:publicUrl", Public), ("control:hsts", "1d"));
        using var visitor = console.Visit();
        Assert.Equal("max-age=86400", await InsistenceAsync(visitor, "/sign-in", "approvals.example.com"));
    }

    [Fact]
    public async Task The_cookie_is_bound_to_the_host_and_to_https_and_the_form_to_the_public_origin()
    {
        await using var console = await Console.StartAsync(("control:publicUrl", Public));
        using var visitor = console.Visit();
        (string, string)[] fields = [("key", "key-of-grace"), ("to", "/")];

        using var foreign = await visitor.PostAsync("/sign-in", fields, ("Host", "approvals.example.com"), ("Origin", "http://approvals.example.com"));
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        using var own = await visitor.PostAsync("/sign-in", fields, ("Host", "approvals.example.com"), ("Origin", Public));
        Assert.Equal(HttpStatusCode.SeeOther, own.StatusCode);
        var cookie = own.Headers.GetValues("Set-Cookie").Last();
        Assert.StartsWith("__Host-ai-access=", cookie, StringComparison.Ordinal);
        foreach (var part in new[] { "path=/", "secure", "samesite=strict", "httponly" }) Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain", cookie, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<string?> InsistenceAsync(Visitor visitor, string path, string? host)
    {
        using var answer = await visitor.GetAsync(path, host is null ? [] : [("Host", host)]);
        return answer.Headers.TryGetValues("Strict-Transport-Security", out var values) ? Assert.Single(values) : null;
    }
}
