using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AiAccessProxy.Tests.Tokens;

/// <summary>An OpenID provider as far as others check its tokens: metadata and keys, which may lie, stall and count who asks.</summary>
internal sealed class IssuerDouble(WebApplication app) : IAsyncDisposable
{
    private int _fetches;

    /// <summary>As its tokens have it in <c>iss</c>.</summary>
    public string Url { get; } = $"{new Uri(app.Urls.Single()).GetLeftPart(UriPartial.Authority)}/tenant";

    public int Fetches => Volatile.Read(ref _fetches);

    /// <summary>What stands in the key set.</summary>
    public JsonArray Keys { get; set; } = SigningKeys.Shown();

    /// <summary>Changes what it says of itself.</summary>
    public Action<JsonObject> Metadata { get; set; } = _ => { };

    /// <summary>Answers in its place when it is set.</summary>
    public Func<HttpContext, Task>? OnMetadata { get; set; }

    /// <summary>Answers for its keys when it is set.</summary>
    public Func<HttpContext, Task>? OnKeys { get; set; }

    /// <summary>Answers a code.</summary>
    public Func<HttpContext, Task>? OnToken { get; set; }

    public static async Task<IssuerDouble> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        IssuerDouble? issuer = null;
        app.Run(context => issuer!.AnswerAsync(context));
        await app.StartAsync();
        return issuer = new(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        switch (context.Request.Path.Value)
        {
            case "/tenant/.well-known/openid-configuration":
                Interlocked.Increment(ref _fetches);
                if (OnMetadata is { } metadata) return metadata(context);
                var document = new JsonObject { ["issuer"] = Url, ["jwks_uri"] = $"{Url}/keys" };
                Metadata(document);
                return context.Response.WriteAsync(document.ToJsonString());
            case "/tenant/keys":
                return OnKeys is { } keys ? keys(context) : context.Response.WriteAsync(new JsonObject { ["keys"] = Keys.DeepClone() }.ToJsonString());
            case "/tenant/token" when OnToken is { } token:
                return token(context);
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
        }
    }
}
