using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>A person who decides about agents by the API, with a personal key.</summary>
internal sealed class Operator : IDisposable
{
    private readonly HttpClient _client;

    public Operator(Uri console, Key key)
    {
        _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = console };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Text);
    }

    public async Task<Answer> PostAsync(string target, object body)
    {
        using var response = await _client.PostAsJsonAsync(target, body);
        return await Answer.OfAsync(response);
    }

    public void Dispose() => _client.Dispose();
}
