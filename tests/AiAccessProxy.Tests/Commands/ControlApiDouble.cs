using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AiAccessProxy.Tests.Commands;

/// <summary>A server on a free port that answers every request as it was told, and keeps what it was asked last.</summary>
internal sealed class ControlApiDouble : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ControlApiDouble(Func<string, (int Status, string Answer)> answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            Asked = $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {await body.ReadToEndAsync(context.RequestAborted)}".TrimEnd();
            (Authorization, IfMatch, IdempotencyKey) = (context.Request.Headers.Authorization.ToString(), context.Request.Headers.IfMatch.ToString(), context.Request.Headers["Idempotency-Key"].ToString());
            var (status, answer) = answers(Asked);
            (context.Response.StatusCode, context.Response.ContentType) = (status, "application/json");
            if (status is >= 300 and < 400) context.Response.Headers.Location = "http://127.0.0.1:1/elsewhere";
            await context.Response.WriteAsync(answer, context.RequestAborted);
        });
    }

    public Uri Url => new(_app.Urls.Single());

    public string? Asked { get; private set; }

    public string? Authorization { get; private set; }

    public string? IfMatch { get; private set; }

    public string? IdempotencyKey { get; private set; }

    public static Task<ControlApiDouble> StartAsync(int status, string answer) => StartAsync(_ => (status, answer));

    /// <param name="answers">By what it is asked: method, path and query, body.</param>
    public static async Task<ControlApiDouble> StartAsync(Func<string, (int Status, string Answer)> answers)
    {
        var server = new ControlApiDouble(answers);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
