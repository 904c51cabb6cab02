using AiAccessProxy.Actions;
using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Files;

namespace AiAccessProxy.Tests.Policies;

public class RouteOfTests
{
    private static readonly PolicySnapshot Policy = Some.Policy(
        File("pay", "/pay"), File("pay-v2", "/pay/v2"), File("payments", "/payments"), File("deep", "/a/b.c/d~e_f-g"));

    private static readonly PolicySnapshot WithRoot = Some.Policy(File("root", "/"), File("pay", "/pay"));

    private static readonly PolicySnapshot WithHosts = Some.Policy(
        File("git", "/", "hosts: [git.example]"), File("git-api", "/api", "hosts: [git.example]"), File("hub", "/", "hosts: [\"hub.example:8443\"]"),
        File("pay", "/pay"), File("pay-host", "/pay", "hosts: [pay.example]"));

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
        var match = Policy.RouteOf(Some.Authority(), Some.Target(target));
        Assert.Equal(route, match?.Route.Id);
        Assert.Equal(rest, match?.Target.Raw);
    }

    [Theory]
    [InlineData("/pay/V2/x")]
    [InlineData("/pay/v2%2Fx")]
    [InlineData("/pay/v2;a=1/x")]
    [InlineData("/pay//v2/x")]
    [InlineData("/pay/v2./x")]
    [InlineData("/pay/%EF%BD%962/x")]
    [InlineData("/pay/%2576%2532/x")]
    public void What_some_server_reads_as_a_longer_prefix_is_left_to_no_shorter_one(string target)
    {
        var match = Policy.RouteOf(Some.Authority(), Some.Target(target))!;

        Assert.Equal("pay", match.Route.Id);
        Assert.Equal(Ambiguity.RoutePrefix, match.Target.Doubts[0].Kind);
        Assert.DoesNotContain(Ambiguity.RoutePrefix, OptIns.ByName.Values);
    }

    [Theory]
    [InlineData("/Pay/x")]
    [InlineData("/PAY")]
    [InlineData("/pay%20/x")]
    [InlineData("/pay%2Fx")]
    public void A_route_at_the_root_does_not_take_what_is_meant_for_another(string target) =>
        Assert.Equal(Ambiguity.RoutePrefix, WithRoot.RouteOf(Some.Authority(), Some.Target(target))!.Target.Doubts[0].Kind);

    [Theory]
    [InlineData("/PAY")]
    [InlineData("/pay.")]
    public void Two_prefixes_that_some_server_takes_for_one_are_refused(string prefix)
    {
        var refused = Assert.IsType<PolicyLoad.Refused>(Some.Load(File("pay", "/pay"), File("other", prefix)));
        Assert.Contains("give each route a prefix of its own", Assert.Single(refused.Problems).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "root", "/")]
    [InlineData("/x/y?z", "root", "/x/y?z")]
    [InlineData("/payments", "root", "/payments")]
    [InlineData("/pay/x", "pay", "/x")]
    public void A_route_at_the_root_takes_what_is_left_as_it_is(string target, string route, string rest)
    {
        var match = WithRoot.RouteOf(Some.Authority(), Some.Target(target));
        Assert.Equal((route, rest), (match?.Route.Id, match?.Target.Raw));
    }

    [Fact]
    public void Spans_point_into_what_is_left()
    {
        var rest = Policy.RouteOf(Some.Authority(), Some.Target("/pay/v1/caf%C3%A9?name=a%20b&x"))!.Target;
        Assert.Equal(["v1", "caf%C3%A9"], rest.Segments.Select(segment => rest.Raw.Substring(segment.Start, segment.Length)));
        Assert.Equal(["v1", "café"], rest.Segments.Select(segment => segment.Text));
        Assert.Equal(["a%20b", ""], rest.Query.Select(parameter => rest.Raw.Substring(parameter.ValueStart, parameter.ValueLength)));
    }

    [Theory]
    [InlineData("git.example", "/x", "git", "/x")]
    [InlineData("git.example:8443", "/api/v4/x", "git-api", "/v4/x")]
    [InlineData("git.example", "/pay/x", "git", "/pay/x")] // a host beats a longer prefix
    [InlineData("hub.example:8443", "/x", "hub", "/x")]
    [InlineData("hub.example", "/pay/x", "pay", "/x")]
    [InlineData("hub.example", "/x", null, null)]
    [InlineData("other.example", "/pay/x", "pay", "/x")]
    [InlineData("pay.example", "/pay/x", "pay-host", "/x")]
    [InlineData("other.example", "/api/x", null, null)]
    public void A_route_that_names_the_host_comes_before_those_that_name_none(string host, string target, string? route, string? rest)
    {
        var match = WithHosts.RouteOf(Some.Authority(host), Some.Target(target));
        Assert.Equal((route, rest), (match?.Route.Id, match?.Target.Raw));
    }

    [Fact]
    public void It_is_known_when_a_path_is_a_routes_under_another_host()
    {
        Assert.True(WithHosts.KnowsUnderOtherHost(Some.Target("/x")));
        Assert.False(Policy.KnowsUnderOtherHost(Some.Target("/x")));
    }

    [Theory]
    [InlineData("hosts: [a.example]", "hosts: [a.example]", true)]
    [InlineData("hosts: [a.example]", "hosts: [b.example, \"A.example:80\"]", true)]
    [InlineData("hosts: [\"a.example:80\"]", "hosts: [\"a.example:81\"]", false)]
    [InlineData("hosts: [a.example]", "hosts: [b.example]", false)]
    [InlineData("hosts: [a.example]", "", false)]
    [InlineData("", "", true)]
    public void Two_routes_of_one_prefix_have_different_hosts(string one, string other, bool clash)
    {
        var load = Some.Load(File("a", "/x", one), File("b", "/x", other));
        Assert.Equal(clash, load is AiAccessProxy.Policies.Files.PolicyLoad.Refused { Problems: [{ Message: "prefix /x is that of a.yaml already" }] });
    }

    private static (string, string) File(string route, string prefix, string more = "") =>
        ($"{route}.yaml", Some.RouteYaml("", more, route: route, prefix: prefix).Replace("rules:", "rules: []", StringComparison.Ordinal));
}
