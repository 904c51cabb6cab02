using AiAccessProxy.Bypass.Harness;

namespace AiAccessProxy.Bypass;

/// <summary>What an agent says of its own tickets is read as strictly as its calls, and in no spelling of a call's path.</summary>
public class OwnTicketTests
{
    private const string Rules = """
        - id: all
          match: { methods: [GET], paths: ["/**"] }
          effect: allow
        - id: ask
          match: { methods: [DELETE], paths: ["/**"] }
          effect: require_approval
          approval: { need: [{ approvals: 1, from: [group:reviewers] }] }

        """;

    [Fact]
    public async Task They_are_withdrawn_by_their_own_path_alone()
    {
        await using var lab = await Lab.StartTlsAsync((policies, upstream) => policies.Route("api", upstream.Address, Rules));
        await using var first = await lab.ConnectAsync();
        var accepted = await first.CallAsync(Spelling.Of("DELETE", "/api/a", ("Prefer", "respond-async")), lab.Policies.Bot, "0");
        var ticket = accepted!.Ticket;
        foreach (var (target, status) in new[]
        {
            ($"/api/../.ai-access/tickets/{ticket}/cancel", 400), ($"/.ai-access/x/../tickets/{ticket}/cancel", 400),
            ($"/%2eai-access/tickets/{ticket}/cancel", 400), ($"/.ai-access/tickets/{ticket}/%63ancel", 400),
            ($"/.ai-access//tickets/{ticket}/cancel", 404), ($"/.ai-access/tickets/{ticket};x/cancel", 404),
            ($"/.ai-access/tickets/{ticket}%2Fcancel", 405), ($"/.ai-access/tickets/{ticket}/cancel/", 404), ("/.ai-access/tickets/%E2%82%AC", 405),
        })
        {
            await using var http1 = await lab.ConnectAsync();
            await using var http2 = await lab.ConnectHttp2Async();
            foreach (var adversary in new IAdversary[] { http1, http2 })
            {
                var refused = await adversary.CallAsync(Spelling.Of("POST", target) with { Body = [] }, lab.Policies.Bot, "1");
                Assert.Equal((target, status), (target, refused?.Status));
            }
        }

        await using var last = await lab.ConnectAsync();
        var standing = await last.CallAsync(Spelling.Of("GET", $"/.ai-access/tickets/{ticket}"), lab.Policies.Bot, "2");
        Assert.Equal(202, standing?.Status);
        Assert.Empty(lab.Upstream.Requests);
    }
}
