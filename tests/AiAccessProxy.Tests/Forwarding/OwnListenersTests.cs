using System.Net;
using AiAccessProxy.Forwarding;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace AiAccessProxy.Tests.Forwarding;

public class OwnListenersTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8081", "127.0.0.1:8081", true)]
    [InlineData("http://127.0.0.1:8081", "[::ffff:127.0.0.1]:8081", true)]
    [InlineData("http://127.0.0.1:8081", "0.0.0.0:8081", true)]
    [InlineData("http://127.0.0.1:8081", "[::]:8081", true)]
    [InlineData("http://127.0.0.1:8081", "127.0.0.1:8082", false)]
    [InlineData("http://127.0.0.1:8081", "127.0.0.2:8081", false)]
    [InlineData("http://127.0.0.1:8081", "192.0.2.1:8081", false)]
    [InlineData("http://localhost:8081", "127.0.0.1:8081", true)]
    [InlineData("http://localhost:8081", "[::1]:8081", true)]
    [InlineData("https://[::]:8443", "127.0.0.1:8443", true)]
    [InlineData("https://[::]:8443", "[::1]:8443", true)]
    [InlineData("http://0.0.0.0:80", "127.0.0.9:80", true)]
    [InlineData("http://*:80", "127.0.0.1:80", true)]
    [InlineData("http://0.0.0.0:80", "192.0.2.1:80", false)]
    [InlineData("http://unix:/tmp/aiaccess.sock", "127.0.0.1:80", false)]
    public void An_address_is_ours_when_connecting_to_it_would_reach_this_process(string listens, string endpoint, bool ours) =>
        Assert.Equal(ours, new OwnListeners(new Listening("http://127.0.0.1:1", listens)).Include(IPEndPoint.Parse(endpoint)));

    private sealed class Listening : IServer
    {
        public Listening(params string[] addresses)
        {
            var feature = new ServerAddressesFeature();
            foreach (var address in addresses) feature.Addresses.Add(address);
            Features.Set<IServerAddressesFeature>(feature);
        }

        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
