using System.Net.Security;
using System.Text.Json;
using AiAccessProxy.EndToEnd.Harness;

namespace AiAccessProxy.EndToEnd;

/// <summary>Certificates are replaced while agents call: nobody loses a call, and new connections get the new one.</summary>
public sealed class CertificateSwapTests : IDisposable
{
    private const int Callers = 4;

    private static readonly int Swaps = LongRun.IsAskedFor ? 100 : 5;

    private readonly PlaneTls _tls = new(Swaps);

    public void Dispose() => _tls.Dispose();

    [Fact]
    public async Task No_call_fails_and_both_planes_show_the_new_one()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(
            policies => policies.Route("api", upstream.Address, Rules.ReadsPass), [.. _tls.Settings, .. _tls.ControlSettings, "--tls:poll", "200ms"]);
        using var seen = new CancellationTokenSource();
        using var kept = new Agent(world.Proxy.Agents, world.Policies.Bot, _tls, new Version(2, 0));
        var callers = Enumerable.Range(0, Callers).Select(number => CallAsync(number % 2 == 0 ? kept : null, world, seen.Token)).ToList();

        for (var swap = 0; swap < Swaps; swap++)
        {
            _tls.Renew();
            foreach (var plane in new[] { world.Proxy.Agents, world.Proxy.Console })
                await Eventually.HoldsAsync(async () => (await _tls.ShownAsync(plane)).Thumbprint == _tls.Thumbprint, $"{plane} shows the new certificate");
        }

        await seen.CancelAsync();
        var calls = await Task.WhenAll(callers);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Swaps} certificates during {calls.Sum()} calls");
        Assert.All(calls, made => Assert.True(made > 0));
    }

    [Fact]
    public async Task A_broken_file_changes_nothing_but_the_alarm()
    {
        await using var world = await World.StartAsync(
            policies => policies.Route("api", new Uri("http://127.0.0.1:9"), Rules.ReadsPass), [.. _tls.Settings, "--tls:poll", "200ms"]);
        using var probe = new HttpClient { BaseAddress = world.Proxy.Console };
        Assert.Equal("ok", (await ReadyAsync(probe)).GetProperty("status").GetString());

        _tls.Tear();
        await Eventually.HoldsAsync(async () => (await ReadyAsync(probe)).GetProperty("status").GetString() == "alarm", "the alarm is raised");
        Assert.Contains("gate", (await ReadyAsync(probe)).GetProperty("certificates")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(_tls.Thumbprint, (await _tls.ShownAsync(world.Proxy.Agents)).Thumbprint);
        Assert.Contains("holds no certificate in PEM form", world.Proxy.Log, StringComparison.Ordinal);

        _tls.Renew();
        await Eventually.HoldsAsync(async () => (await ReadyAsync(probe)).GetProperty("status").GetString() == "ok", "all is well again");
        Assert.Equal(_tls.Thumbprint, (await _tls.ShownAsync(world.Proxy.Agents)).Thumbprint);
    }

    [Fact]
    public async Task Both_planes_offer_HTTP2_before_HTTP1_and_nothing_else()
    {
        await using var world = await World.StartAsync(
            policies => policies.Route("api", new Uri("http://127.0.0.1:9"), Rules.ReadsPass), [.. _tls.Settings, .. _tls.ControlSettings]);
        foreach (var plane in new[] { world.Proxy.Agents, world.Proxy.Console })
        {
            Assert.Equal("h2", (await _tls.ShownAsync(plane, SslApplicationProtocol.Http11, SslApplicationProtocol.Http2)).Protocol);
            Assert.Equal("http/1.1", (await _tls.ShownAsync(plane, SslApplicationProtocol.Http11)).Protocol);
        }
    }

    /// <returns>How many calls it made; all were answered by the upstream.</returns>
    private async Task<int> CallAsync(Agent? kept, World world, CancellationToken seen)
    {
        for (var made = 0; ; made++)
        {
            if (seen.IsCancellationRequested) return made;
            var fresh = kept is null ? new Agent(world.Proxy.Agents, world.Policies.Bot, _tls) : null;
            var answer = await (kept ?? fresh!).GetAsync("/api/things", CancellationToken.None);
            fresh?.Dispose();
            Assert.Equal(200, answer.Status);
        }
    }

    private static async Task<JsonElement> ReadyAsync(HttpClient probe) =>
        JsonDocument.Parse(await probe.GetStringAsync("/readyz", TestContext.Current.CancellationToken)).RootElement;
}
