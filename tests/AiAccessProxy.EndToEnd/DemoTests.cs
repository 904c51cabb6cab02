using AiAccessProxy.EndToEnd.Harness;

namespace AiAccessProxy.EndToEnd;

/// <summary>The demo that the README begins with, as three separate processes, with somebody voting through the API.</summary>
public class DemoTests
{
    [Theory]
    [InlineData("approve", "ticket.approved")]
    [InlineData("deny", "ticket.denied")]
    public async Task The_demo_ends_well_whichever_way_a_person_decides(string vote, string end)
    {
        await using var demo = ProxyProcess.Command(["demo", "--auto", vote]);
        var code = await demo.ExitAsync(TimeSpan.FromMinutes(1));
        TestContext.Current.TestOutputHelper?.WriteLine(demo.Output + demo.Errors);
        Assert.Equal(0, code);
        Assert.Contains(end, demo.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", demo.Errors, StringComparison.Ordinal);
    }
}
