using AiAccessProxy.Bypass.Harness;

namespace AiAccessProxy.Bypass;

/// <summary>Laravel takes the method of a call from JSON, too: what docs/http.md says to write for such an upstream holds.</summary>
public class JsonMethodTests
{
    private const string Rules = """
        - id: change
          match: { methods: [POST], paths: ["/things/{thing}"], where: [{ field: body._method, exists: false }] }
          effect: allow
        - { id: keep, match: { methods: [DELETE], paths: ["/things/{thing}"] }, effect: deny }

        """;

    [Theory]
    [InlineData("""{"name":"x"}""", 200)]
    [InlineData("""{"name":"x","_method":"DELETE"}""", 400)]
    [InlineData("""{"name":"x","\u005fMETHOD":"DELETE"}""", 400)]
    [InlineData("""{"_method":"POST","_method":"DELETE"}""", 415)]
    public async Task A_condition_on_the_body_has_JSON_read_for_the_method_that_it_asks_for(string json, int status)
    {
        await using var lab = await Lab.StartAsync((policies, upstream) => policies.Route("api", upstream.Address, Rules));
        await using var adversary = await lab.ConnectAsync();
        var answer = await adversary.CallAsync(
            new("POST", "/api/things/7", [("Content-Type", "application/json")], System.Text.Encoding.UTF8.GetBytes(json)), lab.Policies.Bot, "1");
        Assert.Equal(status, answer?.Status);
        Assert.Equal(status == 200 ? 1 : 0, lab.Upstream.Requests.Count);
    }
}
