using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>As much of OpenAI's API as the stories need. It sends each part of a stream only when it is told to.</summary>
internal sealed class FakeOpenAi : IAsyncDisposable
{
    /// <summary>The key that the real API would want; agents never hold it.</summary>
    public const string Key = "sk-upstream-secret";

    private readonly WebApplication _app;
    private readonly SemaphoreSlim _parts = new(0);
    private int _deletions;

    private FakeOpenAi(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public int Deletions => Volatile.Read(ref _deletions);

    public static async Task<FakeOpenAi> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var api = new FakeOpenAi(builder.Build());
        api._app.Use((context, next) =>
        {
            if (context.Request.Headers.Authorization == $"Bearer {Key}") return next(context);
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        });
        api._app.MapPost("/v1/chat/completions", api.StreamAsync);
        api._app.MapDelete("/v1/files/{id}", api.Delete);
        await api._app.StartAsync();
        return api;
    }

    /// <summary>Lets one more part of a stream go.</summary>
    public void SendNextPart() => _parts.Release();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _parts.Dispose();
    }

    private IResult Delete(string id)
    {
        Interlocked.Increment(ref _deletions);
        return Results.Json(new { id, @object = "file", deleted = true });
    }

    private async Task StreamAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.StartAsync();
        foreach (var word in new[] { "Half ", "past ", "nine" })
        {
            await _parts.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync($$$"""
                data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"{{{word}}}"},"finish_reason":null}]}


                """);
        }

        await context.Response.WriteAsync("data: [DONE]\n\n");
    }
}
