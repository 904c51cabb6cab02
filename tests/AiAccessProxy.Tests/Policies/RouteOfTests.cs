using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Policies;

public class RouteOfTests
{
    private static readonly PolicySnapshot Policy = Some.Policy(
        File("pay", "/pay"), File("pay-v2", "/pay/v2"), File("payments", "/payments"), File("deep", "/a/b.c/d~e_f-g"));

    private static readonly PolicySnapshot WithRoot = Some.Policy(File("root", "/"), File("pay", "/pay"));

    [Theory]
    [InlineData("/pay", "pay", "/")]
    [InlineData("/pay/", "pay", "/")]
    [InlineData("/pay?x=1", "pay", "/?x=1")]
    [InlineData("/pay/v1/x?y=%2f", "pay", "/v1/x?y=%2f")]
    [InlineData("/pay/v2/x", "pay-v2", "/x")]
    [InlineData("/pay/v2", "pay-v2", "/")]
    [InlineData("/pay/v20", "pay", "/v20")]
    [InlineData("/payments/x", "payments", "/x")]
    [InlineData("/a/b.c/d~e_f-g/%C3%A9", "deep", "/%C3%A9")]
    [InlineData("/payment", null, null)]
    [InlineData("/Pay/x", null, null)]
    [InlineData("/", null, null)]
    [InlineData("/x/pay/x", null, null)]
    public void The_longest_prefix_that_ends_at_a_segment_wins(string target, string? route, string? rest)
    {
        var match = Policy.RouteOf(Some.Target(target));
        Assert.Equal(route, match?.Route.Id);
        Assert.Equal(rest, match?.Target.Raw);
    }

    [Theory]
    [InlineData("/", "root", "/")]
    [InlineData("/x/y?z", "root", "/x/y?z")]
    [InlineData("/payments", "root", "/payments")]
    [InlineData("/pay/x", "pay", "/x")]
    public void A_route_at_the_root_takes_what_is_left_as_it_is(string target, string route, string rest)
    {
        var match = WithRoot.RouteOf(Some.Target(target));
        Assert.Equal((route, rest), (match?.Route.Id, match?.Target.Raw));
    }

    [Fact]
    public void Spans_point_into_what_is_left()
    {
        var rest = Policy.RouteOf(Some.Target("/pay/v1/caf%C3%A9?name=a%20b&x"))!.Target;
        Assert.Equal(["v1", "caf%C3%A9"], rest.Segments.Select(segment => rest.Raw.Substring(segment.Start, segment.Length)));
        Assert.Equal(["v1", "café"], rest.Segments.Select(segment => segment.Text));
        Assert.Equal(["a%20b", ""], rest.Query.Select(parameter => rest.Raw.Substring(parameter.ValueStart, parameter.ValueLength)));
    }

    private static (string, string) File(string route, string prefix) =>
        ($"{route}.yaml", Some.RouteYaml("", route: route, prefix: prefix).Replace("rules:", "rules: []", StringComparison.Ordinal));
}
