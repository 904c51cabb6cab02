using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AiAccessProxy.Tests.Telemetry;

/// <summary>A collector that speaks OTLP over HTTP with protobuf and keeps what it was sent, by path.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = new();
    private readonly WebApplication _app;

    private OtlpReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            _received.Enqueue((context.Request.Path.Value!, body.ToArray()));
            context.Response.ContentType = "application/x-protobuf";
        });
    }

    public string Url => _app.Urls.Single();

    public static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver();
        await receiver._app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>Strings and ids stand in protobuf as they are, so looking for their bytes is reading enough.</summary>
    public bool Has(string path, byte[] bytes) =>
        _received.Any(message => message.Path == path && message.Body.AsSpan().IndexOf(bytes) >= 0);

    public bool Has(string path, string text) => Has(path, Encoding.UTF8.GetBytes(text));

    public IEnumerable<byte[]> Bodies(string path) => _received.Where(message => message.Path == path).Select(message => message.Body);

    public IReadOnlySet<string> Paths => _received.Select(message => message.Path).ToHashSet();

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
