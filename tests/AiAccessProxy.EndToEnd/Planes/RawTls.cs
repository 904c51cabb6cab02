using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using AiAccessProxy.EndToEnd.Harness;

namespace AiAccessProxy.EndToEnd.Planes;

/// <summary>Writes a request byte by byte to a plane with TLS, so that its line and its Host can say anything.</summary>
internal static class RawTls
{
    /// <returns>Status and what was said with it.</returns>
    public static async Task<(int Status, string Body)> SendAsync(Uri plane, PlaneTls tls, string line, params (string Name, string Value)[] headers)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(plane.Host, plane.Port, TestContext.Current.CancellationToken);
        await using var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsClientAsync(tls.Trusting(), TestContext.Current.CancellationToken);
        await stream.WriteAsync(RawAgent.Request(line, headers.Append(("Connection", "close")), null), TestContext.Current.CancellationToken);
        using var patience = new CancellationTokenSource(Eventually.Generous, TimeProvider.System);
        var reader = new RawReader(stream);
        var head = await reader.HeadAsync(patience.Token) ?? throw new IOException("No answer came.");
        var body = await reader.BodyAsync(head, patience.Token, isAnswer: true);
        return (int.Parse(Encoding.Latin1.GetString(head).Split(' ')[1], CultureInfo.InvariantCulture), Encoding.UTF8.GetString(body));
    }
}
