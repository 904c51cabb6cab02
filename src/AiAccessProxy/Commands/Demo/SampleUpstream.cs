using System.Collections.Concurrent;

namespace AiAccessProxy.Commands.Demo;

/// <summary>
/// A small API like a cloud's: users and their roles, exports, deployments. It wants a credential that only the proxy holds, and keeps its
/// own count of what it received, which <c>GET /_received</c> tells to whoever asks it directly.
/// </summary>
internal static class SampleUpstream
{
    /// <summary>Variable with the bearer token that every call must carry.</summary>
    public const string Token = "AIACCESS_DEMO_UPSTREAM_TOKEN";

    private const string Own = "/_received";

    public static async Task<int> RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        var (received, expected) = (new ConcurrentDictionary<string, int>(), $"Bearer {Environment.GetEnvironmentVariable(Token)}");

        app.Use(async (context, next) =>
        {
            var request = context.Request;
            if (request.Path != Own) received.AddOrUpdate($"{request.Method} {request.Path}{request.QueryString}", 1, (_, count) => count + 1);
            if (request.Path == Own || request.Headers.Authorization == expected) await next(context);
            else await Results.Json(new { error = "the credential of this API is missing" }, statusCode: 401).ExecuteAsync(context);
        });
        app.MapGet(Own, () => received.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary());
        var api = app.MapGroup("/v1");
        api.MapGet("/users", () => new[] { new { id = "ada", role = "owner" }, new { id = "joan", role = "reader" } });
        api.MapPost("/users/{user}/roles", (string user) => Results.Json(new { user, granted = true }, statusCode: 201));
        api.MapPost("/exports", () => Results.Json(new { id = "export-1", rows = 48_213, state = "ready" }, statusCode: 201));
        api.MapGet("/deployments", () => new[] { new { name = "web", state = "running" }, new { name = "worker", state = "running" } });
        api.MapDelete("/deployments/{name}", (string name) => new { name, state = "deleted" });
        api.MapPost("/deployments/{name}/restart", (string name) => Results.Json(new { name, state = "restarting" }, statusCode: 202));

        await app.StartAsync(cancellationToken);
        output.WriteLine($"upstream {app.Urls.Single()}");
        await app.WaitForShutdownAsync(cancellationToken);
        return ExitCode.Done;
    }
}
