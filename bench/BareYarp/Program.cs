// The other side of bench/compare: "upstream" answers every request with a small JSON document, "proxy URL" is YARP as it comes from
// its package, with one route to URL and nothing added. For bench/telemetry, "collector KIND" takes what OTLP sends: fine, slow (it never
// answers) or lying (it answers without end).
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
if (args is ["proxy", _]) app.MapReverseProxy();
else if (args is ["collector", var kind])
    app.MapPost("{**all}", async context =>
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        if (kind == "slow") await new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);
        while (kind == "lying" && !context.RequestAborted.IsCancellationRequested) await context.Response.Body.WriteAsync(new byte[65536], context.RequestAborted);
    });
else app.MapGet("{**all}", () => Results.Json(new { id = 1, name = "ada", roles = new[] { "reader", "writer" } }));
await app.StartAsync();
Console.WriteLine($"listens  {app.Urls.Single()}");
await app.WaitForShutdownAsync();
