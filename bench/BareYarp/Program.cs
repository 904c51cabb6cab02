// The other side of bench/compare: "upstream" answers every request with a small JSON document, "proxy URL" is YARP as it comes from
// its package, with one route to URL and nothing added. For bench/telemetry, "collector" takes what OTLP sends, and GET /KIND of its other
// address makes it fine, down, slow or lying.
using Yarp.ReverseProxy.Configuration;

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
if (args is ["proxy", var upstream])
    builder.Services.AddReverseProxy().LoadFromMemory(
        [new RouteConfig { RouteId = "all", ClusterId = "one", Match = new RouteMatch { Path = "{**all}" } }],
        [
            new ClusterConfig
            {
                ClusterId = "one",
                Destinations = new Dictionary<string, DestinationConfig> { ["one"] = new() { Address = upstream } },
            },
        ]);

var app = builder.Build();
using var collector = args is ["collector"] ? new Collector() : null;
if (collector is not null)
{
    Console.WriteLine($"collects {collector.Url}");
    app.MapGet("/{kind}", (string kind) => collector.Become(kind));
}
else if (args is ["proxy", _]) app.MapReverseProxy();
else app.MapGet("{**all}", () => Results.Json(new { id = 1, name = "ada", roles = new[] { "reader", "writer" } }));
await app.StartAsync();
Console.WriteLine($"listens  {app.Urls.Single()}");
await app.WaitForShutdownAsync();
