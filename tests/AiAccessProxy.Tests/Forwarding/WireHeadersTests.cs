using AiAccessProxy.Actions;

namespace AiAccessProxy.Tests.Forwarding;

/// <summary>An HTTP client knows many header names and would write some values its own way. What was decided on is written as it stands.</summary>
public class WireHeadersTests
{
    private static readonly string[] Names =
    [
        "Accept", "Accept-Charset", "Accept-Encoding", "Accept-Language", "Allow", "Cache-Control", "Content-Disposition", "Content-Encoding", "Content-Language",
        "Content-Location", "Content-MD5", "Content-Range", "Content-Type", "Cookie", "Date", "ETag", "Expires", "From", "If-Match", "If-Modified-Since", "If-None-Match",
        "If-Range", "If-Unmodified-Since", "Last-Modified", "Link", "Max-Forwards", "Origin", "Pragma", "Range", "Referer", "Sec-WebSocket-Key", "Server", "Set-Cookie",
        "User-Agent", "Vary", "Via", "Warning", "WWW-Authenticate", "X-Frame-Options", "X-Any", "x_any", "x.y!z", "Location", "Retry-After", "Age", "Alt-Svc",
    ];

    private static readonly string[] Pieces =
        ["a", "b c", ",", ", ", ";", "; q=0.5", "\"", "\"x, y\"", "\\", "(", ")", "=", "*/*", "gzip", "bytes=0-", "W/\"1\"", "Mon, 99 Foo", "\t", "  ", "~!@#$%^&*{}[]|<>?`'", ":", "/", "0", "-1"];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_header_goes_out_as_it_stands_and_repeated_ones_as_one_line(bool privileged)
    {
        var random = new Random(3);
        HeaderField[] fields = [];
        await using var upstream = RawUpstream.Answering("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
        await using var host = await new ForwarderHost
        {
            IsPrivileged = privileged,
            Change = action => action with { Head = action.Head with { Headers = fields } },
        }.StartAsync(upstream.Origin);

        for (var run = 0; run < Some.Runs(300); run++)
        {
            fields = [.. Enumerable.Range(0, random.Next(12)).Select(_ => new HeaderField(Names[random.Next(Names.Length)], Value(random)))];
            await RawAgent.CallAsync(host.Address, "GET /a");
            Assert.IsType<ActionOutcome.Answered>(await host.OutcomeAsync());

            var expected = fields.GroupBy(field => field.Name, StringComparer.OrdinalIgnoreCase)
                .Select(line => $"{line.Key}: {string.Join(line.Key == "Cookie" ? "; " : ", ", line.Select(field => field.Value))}")
                .Concat([$"Host: {upstream.Origin.Authority}", "Content-Length: 0"]);
            var sent = upstream.Connections[^1].Text.Split("\r\n\r\n")[0].Split("\r\n")[1..].Where(line => !line.StartsWith("traceparent: ", StringComparison.Ordinal));
            Assert.Equal(expected.Order(StringComparer.Ordinal), sent.Order(StringComparer.Ordinal));
        }
    }

    /// <summary>Without white space at its ends, as a server hands values on.</summary>
    private static string Value(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => Pieces[random.Next(Pieces.Length)])).Trim(' ', '\t');
}
