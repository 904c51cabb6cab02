using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>An agent that writes its request byte by byte: no HTTP library tidies it up. Each call has a connection of its own.</summary>
internal static class RawAgent
{
    public static byte[] Request(string line, IEnumerable<(string Name, string Value)> headers, byte[]? body)
    {
        var head = new StringBuilder($"{line}\r\n");
        foreach (var (name, value) in headers) head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        if (body is not null) head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        return [.. Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), .. body ?? []];
    }

    /// <summary>Sends the bytes and waits for one answer.</summary>
    public static async Task<Answer> SendAsync(Uri plane, byte[] request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(plane.Host, plane.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(request);
        var reader = new RawReader(stream);
        var head = await reader.HeadAsync(CancellationToken.None) ?? throw new IOException("The proxy closed the connection without an answer.");
        var lines = Encoding.Latin1.GetString(head).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var bodiless = request.AsSpan().StartsWith("HEAD "u8) || lines[0].Contains(" 204", StringComparison.Ordinal);
        var body = bodiless ? [] : await reader.BodyAsync(head, CancellationToken.None, isAnswer: true);
        return new(
            int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture),
            Encoding.UTF8.GetString(body),
            lines.Skip(1).Select(line => line.Split(": ", 2)).ToLookup(field => field[0], field => field[^1], StringComparer.OrdinalIgnoreCase)
                .ToDictionary(field => field.Key, field => string.Join(", ", field), StringComparer.OrdinalIgnoreCase),
            TimeProvider.System.GetTimestamp());
    }
}
