using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Floods;

/// <summary>Connections that take their time.</summary>
internal static class Slow
{
    public static async Task HeadersAsync(Uri proxy, Trust trust, Action began)
    {
        using var client = new TcpClient();
        await using var stream = await OpenAsync(client, proxy, trust, SslApplicationProtocol.Http11);
        await stream.WriteAsync("GET /bench/v1 HTTP/1.1\r\n"u8.ToArray());
        began();
        while (true)
        {
            await stream.WriteAsync("X-More: 1\r\n"u8.ToArray());
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        }
    }

    public static async Task BodyAsync(Uri proxy, Trust trust, string key, Action began)
    {
        using var client = new TcpClient();
        await using var stream = await OpenAsync(client, proxy, trust, SslApplicationProtocol.Http11);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"PUT /bench/v1 HTTP/1.1\r\nHost: proxy.test\r\nAiAccess-Token: {key}\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n"));
        began();
        while (true)
        {
            await stream.WriteAsync("          "u8.ToArray());
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        }
    }

    public static async Task IdleAsync(Uri proxy, Trust trust, Action began)
    {
        using var client = new TcpClient();
        await using var stream = await OpenAsync(client, proxy, trust, SslApplicationProtocol.Http11);
        began();
        await stream.ReadExactlyAsync(new byte[1]);
    }

    public static async Task<SslStream> OpenAsync(TcpClient client, Uri proxy, Trust trust, SslApplicationProtocol protocol)
    {
        await client.ConnectAsync(proxy.Host, proxy.Port);
        var stream = new SslStream(client.GetStream());
        var options = trust.For(proxy.Host);
        options.ApplicationProtocols = [protocol];
        await stream.AuthenticateAsClientAsync(options);
        return stream;
    }
}
