using AiAccessProxy.Gate.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AiAccessProxy.Tests.Gate.Limits;

public class HeadLimitsTests
{
    private static readonly LimitOptions Limits = new() { Target = 100, Headers = 10, HeaderBytes = 1024 };

    [Theory]
    [InlineData(100, null)]
    [InlineData(101, "414 target-too-long gate:limits:target")]
    public void A_target_has_as_many_bytes_as_it_may(int length, string? met) =>
        Assert.Equal(met, Met(HeadLimits.Exceeded(Request("/" + new string('a', length - 1)), Limits)));

    [Theory]
    [InlineData(10, null)]
    [InlineData(11, "431 headers-too-large gate:limits:headers")]
    public void Fields_are_counted_one_by_one_also_those_of_one_name(int count, string? met) =>
        Assert.Equal(met, Met(HeadLimits.Exceeded(Request("/", ("A", [.. Enumerable.Repeat("1", count)])), Limits)));

    [Theory]
    [InlineData(1023, null)]
    [InlineData(1024, "431 headers-too-large gate:limits:headerBytes")]
    public void Bytes_of_names_and_values_are_counted(int length, string? met) =>
        Assert.Equal(met, Met(HeadLimits.Exceeded(Request("/", ("A", [new string('b', length)])), Limits)));

    [Fact]
    public void The_servers_own_limits_lie_above_ours_and_hold_together()
    {
        foreach (var ours in new[] { new LimitOptions(), new LimitOptions { Target = 1024 * 1024, HeaderBytes = 1024 * 1024 }, Limits })
        {
            var server = new KestrelServerLimits();
            ServerLimits.Apply(server, ours, held: 200);
            Assert.True(server.MaxRequestLineSize > ours.Target + "OPTIONS  HTTP/1.1".Length);
            Assert.True(server.MaxRequestHeadersTotalSize > ours.HeaderBytes + ours.Target);
            Assert.True(server.MaxRequestHeaderCount > ours.Headers);
            Assert.True(server.MaxRequestBufferSize >= server.MaxRequestHeadersTotalSize && server.MaxRequestBufferSize >= server.MaxRequestLineSize);
            Assert.Equal(ours.Streams + 200, server.Http2.MaxStreamsPerConnection);
        }
    }

    private static string? Met(AiAccessProxy.Gate.Problem? problem) => problem is null ? null
        : $"{problem.Status} {problem.Kind} {problem.Detail.Split('(', ')')[1]}";

    private static DefaultHttpContext Request(string target, params (string Name, string[] Values)[] fields)
    {
        var context = new DefaultHttpContext();
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
        foreach (var (name, values) in fields) context.Request.Headers[name] = values;
        return context;
    }
}
