using AiAccessProxy.EndToEnd.Harness;
using AiAccessProxy.EndToEnd.Planes;

namespace AiAccessProxy.EndToEnd;

/// <summary>Which plane a request is on is a matter of the port that it came to, and of nothing that it says.</summary>
public class ConfusedPlanesTests(PlanesGround ground) : IClassFixture<PlanesGround>
{
    /// <summary>How a request line and a Host may name a plane that is not the one they come to.</summary>
    public static TheoryData<string, string> Names => new()
    {
        { "GET {path} HTTP/1.1", "{other}" },
        { "GET https://{other}{path} HTTP/1.1", "{other}" },
        { "GET https://{other}{path} HTTP/1.1", "{own}" },
        { "GET https://{own}{path} HTTP/1.1", "{other}" },
        { "GET http://{other}{path} HTTP/1.1", "{other}" },
        { "GET //{other}{path} HTTP/1.1", "{own}" },
        { "GET {path} HTTP/1.0", "{other}" },
        { "GET {path}#@{other} HTTP/1.1", "{own}" },
        { "GET /..{path} HTTP/1.1", "{other}" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_agent_plane_serves_nothing_of_the_other_whatever_it_is_called(string line, string host)
    {
        var (before, sent) = (await ground.RecordedAsync(), ground.Upstream.Requests.Count);
        foreach (var path in new[] { "/api/v1/tickets", $"/tickets/{ground.Ticket}", "/", "/sign-in", "/livez", "/readyz", "/assets/app.js", "/events" })
        {
            foreach (var credential in Credentials())
            {
                var (status, body) = await SendAsync(ground.World.Proxy.Agents, ground.World.Proxy.Console, line, host, path, credential);
                Assert.True(status is >= 400 and < 500, $"{line} {path}: {status}");
                Assert.DoesNotContain("<html", body, StringComparison.Ordinal);
                Assert.DoesNotContain("may_approve", body, StringComparison.Ordinal);
            }
        }

        Assert.Equal(sent, ground.Upstream.Requests.Count);
        Assert.Equal(before, await ground.RecordedAsync());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_control_plane_forwards_nothing_and_knows_no_agents_tickets_whatever_it_is_called(string line, string host)
    {
        var (before, sent) = (await ground.RecordedAsync(), ground.Upstream.Requests.Count);
        foreach (var path in new[] { "/things/x", "/by-authorization/x", $"/.ai-access/tickets/{ground.Ticket}" })
        {
            foreach (var credential in Credentials())
            {
                var (status, body) = await SendAsync(ground.World.Proxy.Console, ground.World.Proxy.Agents, line, host, path, credential);
                Assert.True(status is >= 400 and < 500, $"{line} {path}: {status}");
                Assert.DoesNotContain("request ", body, StringComparison.Ordinal);
                Assert.DoesNotContain("expires_at", body, StringComparison.Ordinal);
            }
        }

        Assert.Equal(sent, ground.Upstream.Requests.Count);
        Assert.Equal(before, await ground.RecordedAsync());
    }

    private IEnumerable<(string, string)> Credentials() =>
    [
        ("AiAccess-Token", ground.World.Policies.Bot.Text),
        ("Authorization", $"Bearer {ground.World.Policies.KeyOf("grace").Text}"),
        ("Cookie", $"__Host-ai-access={ground.Session}"),
    ];

    private Task<(int Status, string Body)> SendAsync(Uri to, Uri other, string line, string host, string path, (string, string) credential)
    {
        string Named(string text) => text.Replace("{path}", path, StringComparison.Ordinal).Replace("{own}", to.Authority, StringComparison.Ordinal).Replace("{other}", other.Authority, StringComparison.Ordinal);
        return RawTls.SendAsync(to, ground.Tls, Named(line), ("Host", Named(host)), credential);
    }
}
