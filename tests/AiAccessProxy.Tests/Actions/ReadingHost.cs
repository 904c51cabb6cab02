using System.Net;
using System.Threading.Channels;
using AiAccessProxy.Actions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace AiAccessProxy.Tests.Actions;

/// <summary>A real server that reads every request whole and says what it read.</summary>
internal sealed class ReadingHost : IAsyncDisposable
{
    private readonly Channel<(RequestReading Head, BodyReading? Body)> _readings = Channel.CreateUnbounded<(RequestReading, BodyReading?)>();
    private readonly WebApplication _app;

    private ReadingHost(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public static async Task<ReadingHost> StartAsync(HttpProtocols protocols = HttpProtocols.Http1, long maxBody = 1 << 20)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        var host = new ReadingHost(builder.Build());
        host._app.Run(context => host.HandleAsync(context, Some.Plan(maxBody: maxBody)));
        await host._app.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    public async Task<(RequestReading Head, BodyReading? Body)> ReadingAsync() => await _readings.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context, ReadingPlan plan)
    {
        var reading = RequestHead.Read(context);
        BodyReading? body = null;
        if (reading is RequestReading.Read { Head: var head } && head.ForRoute(head.Target, plan) is HeadReading.Read { Head: var action })
            body = await RequestBody.ReadWholeAsync(context, head, action, plan, context.RequestAborted);
        _readings.Writer.TryWrite((reading, body));
    }
}
