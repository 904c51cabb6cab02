using AiAccessProxy.Telemetry;

namespace AiAccessProxy.Tests.Telemetry;

public class SpanPathTests
{
    [Theory]
    [InlineData("/v1/things/7", "/v1/things/7")]
    [InlineData("/v1/things?key=s3cret", "/v1/things")]
    [InlineData("/v1/?", "/v1/")]
    [InlineData("/v1/[redacted path.key, 6 bytes, sha256 0123abcd]/x", "/v1/[redacted]/x")]
    [InlineData("/[redacted path.a, 1 bytes, sha256 00]/[redacted path.b, 1 bytes, sha256 11]", "/[redacted]/[redacted]")]
    [InlineData("[redacted target, 9 bytes, sha256 00ff]", "[redacted]")]
    [InlineData("/v1/[redacted path.\"a?b\", 6 bytes, sha256 0123abcd]/x", "/v1/[redacted]")]
    public void A_path_leaves_without_its_query_and_without_hashes_of_what_is_redacted(string target, string path) =>
        Assert.Equal(path, SpanPath.Of(target));

    [Fact]
    public void A_long_path_is_cut() => Assert.Equal(513, SpanPath.Of("/" + new string('x', 10_000)).Length);
}
