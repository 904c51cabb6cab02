using System.Globalization;
using AiAccessProxy.Actions;

namespace AiAccessProxy.Tests.Forwarding;

/// <summary>HTTP clients resend by themselves. An upstream that reads, counts and closes says how often a call really arrived.</summary>
public class SentOnceTests
{
    private static readonly string[] Methods = ["GET", "HEAD", "DELETE", "POST", "PUT", "PATCH", "OPTIONS"];

    /// <summary>What upstreams do to a request that they have read, for each HTTP version.</summary>
    private static readonly Dictionary<string, Func<RawUpstream>> Upstreams = new()
    {
        ["1.1 closes"] = RawUpstream.ReadingAndClosing,
        ["1.1 resets"] = () => RawUpstream.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            connection.Reset();
        }),
        ["1.1 closes in the middle of the status line"] = () => RawUpstream.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 2");
        }),
        ["1.1 closes a warm connection"] = WarmThenClosing,
        ["2.0 closes"] = () => RawHttp2.Start((http2, _) =>
        {
            http2.Close();
            return Task.CompletedTask;
        }),
        ["2.0 refuses the stream"] = () => RawHttp2.Start((http2, stream) => http2.ResetAsync(stream, RawHttp2.RefusedStream)),
        ["2.0 resets the stream"] = () => RawHttp2.Start((http2, stream) => http2.ResetAsync(stream, RawHttp2.InternalError)),
        ["2.0 calms the stream"] = () => RawHttp2.Start((http2, stream) => http2.ResetAsync(stream, RawHttp2.EnhanceYourCalm)),
        ["2.0 goes away without the stream"] = () => RawHttp2.Start(async (http2, _) =>
        {
            await http2.GoAwayAsync(0, 0);
            http2.Close();
        }),
        ["2.0 goes away with the stream"] = () => RawHttp2.Start(async (http2, stream) =>
        {
            await http2.GoAwayAsync(stream, RawHttp2.InternalError);
            http2.Close();
        }),
        ["2.0 says it went away and stays"] = () => RawHttp2.Start((http2, _) => http2.GoAwayAsync(0, 0)),
    };

    public static TheoryData<string, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, bool>();
            foreach (var upstream in Upstreams.Keys)
            {
                cases.Add(upstream, true);
                cases.Add(upstream, false);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task An_upstream_that_reads_a_call_and_closes_counts_one_for_every_method_with_and_without_body(string upstream, bool privileged)
    {
        var isWarm = upstream.Contains("warm", StringComparison.Ordinal);
        await using var raw = Upstreams[upstream]();
        await using var host = await new ForwarderHost
        {
            IsPrivileged = privileged,
            HttpVersion = new(upstream[0] - '0', upstream[2] - '0'),
        }.StartAsync(raw.Origin);

        var expected = 0;
        foreach (var method in Methods)
        {
            foreach (var body in new[] { "", "{\"a\":1}" })
            {
                if (isWarm)
                {
                    await RawAgent.CallAsync(host.Address, "GET /warm-up");
                    Assert.IsType<ActionOutcome.Answered>(await host.OutcomeAsync());
                    expected++;
                }

                var length = body.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
                await RawAgent.CallAsync(host.Address, $"{method} /v1/users/7", $"Content-Type: application/json\r\n{length}", body);
                var outcome = await host.OutcomeAsync();
                Assert.True(outcome is ActionOutcome.Unknown, $"{method} with '{body}': {outcome}");
                Assert.Equal(++expected, raw.Requests);
            }
        }
    }

    private static RawUpstream WarmThenClosing() => RawUpstream.Start(async connection =>
    {
        while (await connection.ReadRequestAsync() is { } request && request.Contains("/warm-up", StringComparison.Ordinal))
            await connection.WriteAsync("HTTP/1.1 204 No Content\r\n\r\n");
    });
}
