using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Tokens.Keys;

/// <summary>
/// Asks providers. Where they redirect to is not followed: only the address that was named is trusted, and an answer is bounded in time
/// and size.
/// </summary>
internal sealed class ProviderClient(IOptions<TokenOptions> options, TimeProvider time) : IDisposable
{
    private const int MaxBytes = 512 * 1024;

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

    public Task<ProviderAnswer> GetAsync(Uri address, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, address), cancellationToken);

    /// <summary>Sends once, and takes an answer of 200 with one JSON object.</summary>
    public async Task<ProviderAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(options.Value.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            using (request)
            {
                request.Headers.Accept.ParseAdd("application/json");
                using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
                if (answer.StatusCode != HttpStatusCode.OK) return new ProviderAnswer.Failed($"{Where(request)} answered {(int)answer.StatusCode}");
                return await BodyAsync(answer, either.Token) is not { } body
                    ? new ProviderAnswer.Failed($"{Where(request)} answered more than {MaxBytes / 1024} KiB")
                    : StrictObject.Read(body) is { } document ? new ProviderAnswer.Read(document)
                    : new ProviderAnswer.Failed($"{Where(request)} did not answer one JSON object");
            }
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            return new ProviderAnswer.Failed($"{Where(request)} did not answer within {options.Value.Timeout.TotalSeconds} s");
        }
        // A connection that ends while it is made is told by the socket alone.
        catch (Exception failed) when (failed is HttpRequestException or IOException or SocketException)
        {
            return new ProviderAnswer.Failed($"{Where(request)} could not be asked ({Kind(failed)})");
        }
    }

    public void Dispose() => _http.Dispose();

    private static string Kind(Exception failed) =>
        failed is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown and var error } ? error.ToString() : "broken off";

    private static string Where(HttpRequestMessage request) => request.RequestUri!.GetLeftPart(UriPartial.Path);

    private static async Task<byte[]?> BodyAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MaxBytes + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length > MaxBytes ? null : buffer[..length];
    }
}
