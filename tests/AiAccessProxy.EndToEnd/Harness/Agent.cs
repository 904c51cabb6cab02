using System.Net;
using System.Text;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>An agent that knows the proxy's address and its own key, and waits as long as it is held.</summary>
internal sealed class Agent : IDisposable
{
    private readonly HttpClient _client;
    private readonly Version _version;

    /// <param name="tls">For a plane with TLS: whom to trust.</param>
    /// <param name="version">Of HTTP; as a client that was told nothing when null.</param>
    public Agent(Uri plane, Key? key, PlaneTls? tls = null, Version? version = null)
    {
        _version = version ?? HttpVersion.Version11;
        var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        if (tls is not null) handler.SslOptions = tls.Trusting();
        _client = new(handler)
        {
            BaseAddress = plane,
            // Longer than any hold in these tests: only a broken test ends so.
            Timeout = TimeSpan.FromMinutes(3),
        };
        if (key is not null) _client.DefaultRequestHeaders.Add("AiAccess-Token", key.Text);
    }

    public Task<Answer> GetAsync(string target, CancellationToken cancellationToken = default) =>
        SendAsync("GET", target, null, cancellationToken);

    public Task<Answer> DeleteAsync(string target, CancellationToken cancellationToken = default) =>
        SendAsync("DELETE", target, null, cancellationToken);

    public Task<Answer> PostAsync(string target, string json, CancellationToken cancellationToken = default) =>
        SendAsync("POST", target, json, cancellationToken);

    public async Task<Answer> SendAsync(
        string method, string target, string? json, CancellationToken cancellationToken = default, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), target) { Version = _version };
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await _client.SendAsync(request, cancellationToken);
        return await Answer.OfAsync(response);
    }

    /// <summary>The head of the answer; its body is the caller's to read.</summary>
    public Task<HttpResponseMessage> StreamAsync(string target)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, target) { Version = _version };
        return _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public void Dispose() => _client.Dispose();
}
