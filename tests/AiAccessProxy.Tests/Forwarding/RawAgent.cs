using System.Net.Sockets;
using System.Text;

namespace AiAccessProxy.Tests.Forwarding;

/// <summary>An agent without any HTTP library: sends exactly the bytes it is given.</summary>
internal sealed class RawAgent : IDisposable
{
    private readonly TcpClient _client = new();
    private readonly CancellationTokenSource _patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    private RawAgent() => _patience.CancelAfter(Eventually.Generous);

    public static async Task<RawAgent> ConnectAsync(Uri address)
    {
        var agent = new RawAgent();
        await agent._client.ConnectAsync(address.Host, address.Port, agent._patience.Token);
        return agent;
    }

    /// <summary>One request; everything that comes back until the server closes.</summary>
    public static async Task<string> CallAsync(Uri address, string requestLine, string headers = "", string body = "")
    {
        using var agent = await ConnectAsync(address);
        var connection = headers.Contains("Connection:", StringComparison.Ordinal) ? "" : "Connection: close\r\n";
        await agent.SendAsync($"{requestLine} HTTP/1.1\r\nHost: proxy.test\r\n{connection}{headers}\r\n{body}");
        return await agent.ReadToEndAsync();
    }

    public async Task SendAsync(string text) => await _client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text), _patience.Token);

    public async Task<string> ReadToEndAsync()
    {
        using var reader = new StreamReader(_client.GetStream(), Encoding.Latin1);
        return await reader.ReadToEndAsync(_patience.Token);
    }

    /// <summary>Reads until <paramref name="text"/> has come.</summary>
    public async Task<string> ReadUntilAsync(string text)
    {
        var seen = new StringBuilder();
        var buffer = new byte[4096];
        while (!seen.ToString().Contains(text, StringComparison.Ordinal))
        {
            var read = await _client.GetStream().ReadAsync(buffer, _patience.Token);
            Assert.True(read > 0, $"closed before '{text}': {seen}");
            seen.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return seen.ToString();
    }

    public void Dispose()
    {
        _client.Dispose();
        _patience.Dispose();
    }
}
