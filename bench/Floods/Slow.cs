using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Floods;

/// <summary>Connections that take their time.</summary>
internal static class Slow
{
    public static Task HeadersAsync(Uri proxy, Trust trust, Counters counters, Action began) =>
        DripAsync(proxy, trust, "GET /bench/v1 HTTP/1.1\r\n", "X-More: 1\r\n", TimeSpan.FromSeconds(1), counters, began);

    public static Task BodyAsync(Uri proxy, Trust trust, string key, Counters counters, Action began) => DripAsync(
        proxy,
        trust,
        $"PUT /bench/v1 HTTP/1.1\r\nHost: proxy.test\r\nAiAccess-Token: {key}\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n",
        "          ",
        TimeSpan.FromMilliseconds(500),
        counters,
        began);

    public static Task IdleAsync(Uri proxy, Trust trust, Counters counters, Action began) =>
        OpenAsync(proxy, trust, SslApplicationProtocol.Http11, counters, async stream =>
        {
            began();
            await stream.ReadExactlyAsync(new byte[1]);
        });

    public static async Task OpenAsync(Uri proxy, Trust trust, SslApplicationProtocol protocol, Counters counters, Func<SslStream, Task> use)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(proxy.Host, proxy.Port);
        await using var stream = new SslStream(client.GetStream());
        var options = trust.For(proxy.Host);
        options.ApplicationProtocols = [protocol];
        await stream.AuthenticateAsClientAsync(options);
        counters.Connected();
        try
        {
            await use(stream);
        }
        finally
        {
            counters.Closed();
        }
    }

    private static Task DripAsync(Uri proxy, Trust trust, string beginning, string piece, TimeSpan pause, Counters counters, Action began) =>
        OpenAsync(proxy, trust, SslApplicationProtocol.Http11, counters, async stream =>
        {
            var bytes = Encoding.ASCII.GetBytes(piece);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(beginning));
            began();
            while (true)
            {
                await stream.WriteAsync(bytes);
                counters.Sent();
                await Task.Delay(pause, TimeProvider.System);
            }
        });
}
