using System.Text;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>An agent that knows the proxy's address and its own key, and waits as long as it is held.</summary>
internal sealed class Agent : IDisposable
{
    private readonly HttpClient _client;

    public Agent(Uri plane, Key? key)
    {
        _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
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
        using var request = new HttpRequestMessage(new HttpMethod(method), target);
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await _client.SendAsync(request, cancellationToken);
        return await Answer.OfAsync(response);
    }

    public void Dispose() => _client.Dispose();
}
