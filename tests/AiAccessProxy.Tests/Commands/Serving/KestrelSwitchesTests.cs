using AiAccessProxy.Commands.Serving;

namespace AiAccessProxy.Tests.Commands.Serving;

public class KestrelSwitchesTests
{
    private const string Strict = "Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators";

    [Theory]
    [InlineData("Microsoft.AspNetCore.Server.Kestrel.EnableInsecureChunkedRequestParsing")]
    [InlineData("Microsoft.AspNetCore.Server.Kestrel.AllowKeepAliveAfterCLTE")]
    public void A_switch_that_lets_a_request_hide_another_is_told_by_its_name(string unsafeSwitch) =>
        Assert.Contains(unsafeSwitch, Assert.Single(KestrelSwitches.Problems(name => name is Strict || name == unsafeSwitch)), StringComparison.Ordinal);

    [Fact]
    public void Lenient_line_ends_are_told() => Assert.Contains(Strict, Assert.Single(KestrelSwitches.Problems(_ => false)), StringComparison.Ordinal);

    [Fact]
    public void The_safe_switches_are_right() => Assert.Empty(KestrelSwitches.Problems(name => name == Strict));

    [Theory]
    [InlineData("EnableInsecureChunkedRequestParsing")]
    [InlineData("AllowKeepAliveAfterCLTE")]
    [InlineData("DisableHttp1LineFeedTerminators")]
    public void The_server_knows_the_switch_by_this_name(string name)
    {
        var kestrel = File.ReadAllBytes(typeof(Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServer).Assembly.Location);
        Assert.True(kestrel.AsSpan().IndexOf(System.Text.Encoding.Unicode.GetBytes("Microsoft.AspNetCore.Server.Kestrel." + name)) >= 0);
    }
}
