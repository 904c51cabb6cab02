using System.Diagnostics;
using AiAccessProxy.Telemetry;

namespace AiAccessProxy.Tests.Telemetry;

public class IdentityProcessorTests
{
    private const string Key = "0123456789012345678901234567890123456789";

    [Fact]
    public void An_identity_is_plain_hashed_under_the_key_or_gone_as_the_setting_says()
    {
        Assert.Equal("bot", Seen(IdentityForm.Plain, Key));
        Assert.Null(Seen(IdentityForm.None, Key));
        var hashed = Seen(IdentityForm.Hashed, Key);
        Assert.Matches("^[0-9a-f]{16}$", hashed);
        Assert.Equal(hashed, Seen(IdentityForm.Hashed, Key));
        Assert.NotEqual(hashed, Seen(IdentityForm.Hashed, Key + "x"));
    }

    [Theory]
    [InlineData(IdentityForm.Hashed, null, null, 1)]
    [InlineData(IdentityForm.Hashed, "short", null, 1)]
    [InlineData(IdentityForm.Plain, null, "short", 1)]
    [InlineData(IdentityForm.Hashed, Key, Key, 0)]
    [InlineData(IdentityForm.None, null, null, 0)]
    internal void A_start_without_a_key_for_hashes_or_with_a_short_secret_is_refused(IdentityForm form, string? key, string? token, int problems) =>
        Assert.Equal(problems, new TelemetryOptions { Identities = form, IdentityKey = key, MetricsToken = token }.Problems().Count());

    private static string? Seen(IdentityForm form, string key)
    {
        using var span = new Activity("call").Start();
        foreach (var identity in Attributes.All.Where(one => one.IsIdentity)) span.SetTag(identity.Name, "bot");
        span.SetTag(Attributes.Route, "bot");
        using var processor = new IdentityProcessor(new() { Identities = form, IdentityKey = key });
        processor.OnEnd(span);

        Assert.Equal("bot", span.GetTagItem(Attributes.Route));
        return (string?)Assert.Single(Attributes.All.Where(one => one.IsIdentity).Select(one => span.GetTagItem(one.Name)).Distinct());
    }
}
