using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AiAccessProxy.Tests.Approvals.Teams;

/// <summary>A connector as the playground has one, which may lie, stall and count what it is told.</summary>
internal sealed class ConnectorDouble(WebApplication app) : IAsyncDisposable
{
    private int _ids;

    public Uri Service { get; } = new($"{new Uri(app.Urls.Single()).GetLeftPart(UriPartial.Authority)}/_connector");

    /// <summary>Method and path as they came over the wire, the credential, and the body.</summary>
    public ConcurrentQueue<(string Line, string? Credential, JsonNode? Body)> Heard { get; } = [];

    /// <summary>Answers in its place when it is set.</summary>
    public Func<HttpContext, Task>? Answer { get; set; }

    public static async Task<ConnectorDouble> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        ConnectorDouble? connector = null;
        app.Run(context => connector!.AnswerAsync(context));
        await app.StartAsync();
        return connector = new(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var target = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
        var body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        Heard.Enqueue(($"{context.Request.Method} {target}", context.Request.Headers.Authorization, body));
        if (Answer is { } answer) await answer(context);
        else await context.Response.WriteAsync($$"""{ "id": "1700{{Interlocked.Increment(ref _ids)}}" }""");
    }
}
