using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AiAccessProxy.EndToEnd.Attacks;

/// <summary>A site that means ill, on a port of its own. By its address it is of the console's site, though not its origin; by its name it is foreign.</summary>
internal sealed class EvilSite(WebApplication app) : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Path, string Referer, string Cookie)> _visits = [];

    public Uri Address { get; } = new(app.Urls.Single());

    /// <summary>The same site by another name.</summary>
    public Uri Foreign => Named("evil.test");

    /// <summary>Another port of the console's host, and another site.</summary>
    public IReadOnlyList<Uri> Origins => [Address, Foreign];

    public IReadOnlyCollection<(string Path, string Referer, string Cookie)> Visits => _visits;

    /// <summary>Answers in place of an empty page when it is set.</summary>
    public Func<HttpContext, Task>? On { get; set; }

    public static async Task<EvilSite> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        EvilSite? site = null;
        app.Run(context => site!.AnswerAsync(context));
        await app.StartAsync();
        return site = new(app);
    }

    public Uri Named(string host) => new($"http://{host}:{Address.Port}/");

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        _visits.Enqueue((context.Request.Path, context.Request.Headers.Referer.ToString(), context.Request.Headers.Cookie.ToString()));
        if (On is { } on) return on(context);
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync("<!doctype html><title>evil</title><body>");
    }
}
