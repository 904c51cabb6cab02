using AiAccessProxy.EndToEnd.Harness;

namespace AiAccessProxy.EndToEnd;

/// <summary><c>aiaccess probe</c>, by which a container without a shell says how it is.</summary>
public class ProbeTests
{
    private static readonly Uri Nowhere = new("http://127.0.0.1:9");

    [Fact]
    public async Task It_needs_no_key_and_says_whether_the_server_is_ready()
    {
        await using var world = await World.StartAsync(policies => policies.Route("api", Nowhere, Rules.ReadsPass));

        Assert.Equal((0, "ok"), await ProbeAsync(world.Proxy.Console, "--live"));
        var (code, said) = await ProbeAsync(world.Proxy.Console);
        Assert.Equal(0, code);
        Assert.Contains("\"status\":\"ok\"", said, StringComparison.Ordinal);

        await world.Proxy.StopAsync();
        (code, said) = await ProbeAsync(world.Proxy.Console);
        Assert.Equal(1, code);
        Assert.StartsWith($"aiaccess: nothing answers at {world.Proxy.Console}readyz", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plane_that_listens_everywhere_is_asked_on_this_machine_and_its_settings_say_where()
    {
        await using var world = await World.StartAsync(policies => policies.Route("api", Nowhere, Rules.ReadsPass));
        var everywhere = new UriBuilder(world.Proxy.Console) { Host = "0.0.0.0" }.Uri;

        Assert.Equal((0, "ok"), await ProbeAsync(everywhere, "--live"));
        Assert.Equal((0, "ok"), await ProbeAsync(Nowhere, "--live", "--control:url", everywhere.AbsoluteUri));
        // The agent plane has no probe: what is asked there is a call without a key.
        Assert.Equal(1, (await ProbeAsync(world.Proxy.Agents)).Code);
        Assert.Equal(2, (await ProbeAsync(Nowhere, "--control:url", "everywhere")).Code);
    }

    private static async Task<(int Code, string Said)> ProbeAsync(Uri control, params string[] arguments)
    {
        await using var probe = ProxyProcess.Command(["probe", .. arguments], new Dictionary<string, string?> { ["AIACCESS__CONTROL__URL"] = control.AbsoluteUri });
        var code = await probe.ExitAsync(Eventually.Generous);
        return (code, (probe.Output + probe.Errors).Trim());
    }
}
