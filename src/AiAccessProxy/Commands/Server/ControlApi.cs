using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace AiAccessProxy.Commands.Server;

/// <summary>The control plane's API, as a person with a personal key uses it from a terminal.</summary>
internal sealed class ControlApi : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;

    public ControlApi(ServerAddress address)
        : this(address, Patience)
    {
    }

    /// <param name="patience">How long the server has to begin an answer.</param>
    public ControlApi(ServerAddress address, TimeSpan patience)
    {
        // A redirect would carry the key to wherever it points, and a proxy has no business between two ends on one machine.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = !address.Server.IsLoopback };
        _http = new HttpClient(handler) { BaseAddress = address.Server, Timeout = patience };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", address.Token);
    }

    public Task<ApiAnswer> GetAsync(ApiQuery query, CancellationToken cancellationToken) =>
        SendAsync(new(HttpMethod.Get, query.ToString()), cancellationToken);

    public Task<ApiAnswer> PostAsync(ApiQuery query, object body, CancellationToken cancellationToken, params (string Name, string? Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, query.ToString()) { Content = JsonContent.Create(body) };
        foreach (var (name, value) in headers)
            if (value is not null) request.Headers.TryAddWithoutValidation(name, value);
        return SendAsync(request, cancellationToken);
    }

    /// <summary>An answer that goes on: given to <paramref name="read"/> once it began well.</summary>
    /// <returns>Null when it was read; else why there was nothing to read.</returns>
    public async Task<ApiAnswer.Refused?> StreamAsync(ApiQuery query, Func<Stream, Task> read, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, query.ToString());
        var (response, refused) = await BeginAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response is null) return refused;
        using (response)
        {
            if (!response.IsSuccessStatusCode) return RefusalText.Of(response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            await read(body);
            return null;
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<ApiAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            var (response, refused) = await BeginAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
            if (response is null) return refused!;
            using (response)
            {
                var body = await response.Content.ReadAsStringAsync(cancellationToken);
                if (!response.IsSuccessStatusCode) return RefusalText.Of(response.StatusCode, body);
                return ServerJson.Parse(body) is { ValueKind: JsonValueKind.Object } json
                    ? new ApiAnswer.Given(json)
                    : new ApiAnswer.Refused(ExitCode.Failed, $"{_http.BaseAddress} did not answer with JSON; is it the control plane?");
            }
        }
    }

    private async Task<(HttpResponseMessage? Response, ApiAnswer.Refused? Refused)> BeginAsync(
        HttpRequestMessage request, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        try
        {
            return (await _http.SendAsync(request, completion, cancellationToken), null);
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException)
        {
            // What is wrong with a certificate is told by what lies within.
            var why = failure is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError, InnerException.Message: { } within } ? within : failure.Message;
            return (null, new(
                ExitCode.Failed,
                $"the server at {_http.BaseAddress} cannot be reached ({why}); is it running, and is {ServerAddress.Url} the console's address?"));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, new(ExitCode.Failed, $"the server at {_http.BaseAddress} did not answer within {_http.Timeout.TotalSeconds:0} s; whether it did what was asked is not known"));
        }
    }
}
