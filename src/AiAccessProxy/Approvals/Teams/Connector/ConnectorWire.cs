using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Approvals.Teams.Connector;

/// <summary>
/// One request to a connector and its answer: nothing is redirected, resent or believed beyond its bounds, and connections are shared with
/// nobody else.
/// </summary>
internal sealed class ConnectorWire(IOptions<TeamsOptions> options, TimeProvider time) : IDisposable
{
    private const int MaxBytes = 64 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxResponseHeadersLength = 32,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = options.Value.Timeout,
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    /// <param name="known">What it is about; null for a conversation that is opened.</param>
    public async ValueTask<ConnectorOutcome> SendAsync(
        HttpMethod method, Uri address, string? token, JsonObject body, ConnectorOutcome.Posted? known, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(options.Value.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        using var request = new HttpRequestMessage(method, address);
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, MediaTypeNames.Application.Json);
        request.Headers.Accept.ParseAdd(MediaTypeNames.Application.Json);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return await ReadAsync(answer, known, either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new ConnectorOutcome.Unreachable($"{address.Host} did not answer within {options.Value.Timeout.TotalSeconds} s");
        }
        // A connection that ends while it is made is told by the socket alone.
        catch (Exception failed) when (failed is HttpRequestException or IOException or SocketException)
        {
            return new ConnectorOutcome.Unreachable($"{address.Host} could not be asked ({Kind(failed)})");
        }
    }

    public void Dispose() => _http.Dispose();

    private async ValueTask<ConnectorOutcome> ReadAsync(HttpResponseMessage answer, ConnectorOutcome.Posted? known, CancellationToken cancellationToken)
    {
        var status = (int)answer.StatusCode;
        return status switch
        {
            200 or 201 or 202 or 204 => Done(await BodyAsync(answer, cancellationToken), known),
            429 or 412 or 502 or 504 => new ConnectorOutcome.Throttled(After(answer.Headers.RetryAfter)),
            403 or 404 or 410 => new ConnectorOutcome.Gone($"the connector answered {status.ToString(CultureInfo.InvariantCulture)}"),
            >= 500 or 408 => new ConnectorOutcome.Unreachable($"the connector answered {status.ToString(CultureInfo.InvariantCulture)}"),
            _ => new ConnectorOutcome.Refused($"the connector answered {status.ToString(CultureInfo.InvariantCulture)}"),
        };
    }

    private static ConnectorOutcome Done(ReadOnlyMemory<byte>? body, ConnectorOutcome.Posted? known)
    {
        var id = body is { Length: > 0 } bytes ? Id(bytes) : null;
        return (known, id) switch
        {
            (null, { } opened) => new ConnectorOutcome.Posted(opened, ""),
            // An update says no more than is known already.
            ({ Activity.Length: > 0 }, _) => known,
            ({ }, { } posted) => known with { Activity = posted },
            _ => new ConnectorOutcome.Unreachable("the connector said that it was done, and not under which id"),
        };
    }

    /// <summary>Null for what is no JSON object with an id that can be used.</summary>
    private static string? Id(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("id", out var id)
                && id.ValueKind == JsonValueKind.String && id.GetString() is { } text && ConnectorClient.IsId(text) ? text : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private TimeSpan? After(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date && date > time.GetUtcNow() ? date - time.GetUtcNow() : null);

    private static string Kind(Exception failed) =>
        failed is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown and var error } ? error.ToString() : "broken off";

    private static async Task<ReadOnlyMemory<byte>?> BodyAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MaxBytes + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length > MaxBytes ? null : buffer.AsMemory(0, length);
    }
}
