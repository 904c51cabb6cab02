using AiAccessProxy.Bypass.Harness;

namespace AiAccessProxy.Bypass;

/// <summary>That what the adversaries stand on works: a plain call gets through, a privileged one does not, and a second one on the same connection neither.</summary>
public class OrdinaryCallTests
{
    private const string Rules = """
        - id: read
          match: { methods: [GET], paths: ["/**"] }
          effect: allow

        """;

    [Fact]
    public async Task A_plain_call_arrives_as_it_was_sent_and_what_no_rule_allows_does_not_arrive()
    {
        await using var lab = await Lab.StartAsync((policies, upstream) => policies.Route("api", upstream.Address, Rules));
        var shots = await Volley.FireAsync(
            lab, [Spelling.Of("GET", "/api/things/1?x=%20y"), Spelling.Of("DELETE", "/api/things/1")], async () => await lab.ConnectAsync());

        var arrived = Assert.Single(shots[0].Arrived);
        Assert.Equal(("GET", "/things/1?x=%20y"), (arrived.Method, arrived.Target));
        Assert.Empty(shots[1].Arrived);
        Assert.Equal(403, shots[1].Answer!.Status);
    }

    [Fact]
    public async Task Calls_in_one_write_and_a_call_in_many_are_each_seen_once()
    {
        await using var lab = await Lab.StartAsync((policies, upstream) => policies.Route("api", upstream.Address, Rules));
        await using var adversary = await lab.ConnectAsync();
        var call = Spelling.Of("GET", "/api/a").OverHttp1(lab.Policies.Bot, "1");
        await adversary.SendAsync((byte[])[.. call, .. call]);
        Assert.Equal(200, (await adversary.AnswerAsync("GET"))!.Status);
        Assert.Equal(200, (await adversary.AnswerAsync("GET"))!.Status);

        await adversary.SendAsync([.. call.Select(one => (ReadOnlyMemory<byte>)new[] { one })]);
        Assert.Equal(200, (await adversary.AnswerAsync("GET"))!.Status);
        Assert.Equal(["/a", "/a", "/a"], lab.Upstream.Requests.Select(request => request.Target));
    }
}
