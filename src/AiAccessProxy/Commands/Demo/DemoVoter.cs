using System.Text.Json;
using AiAccessProxy.Commands.Server;

namespace AiAccessProxy.Commands.Demo;

/// <summary>Votes through the API as a person with a personal key would, on the first ticket that appears.</summary>
internal sealed class DemoVoter(Uri console, string key, TextWriter output)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    /// <summary>Null when the vote was counted, otherwise why not.</summary>
    public async Task<string?> VoteAsync(DemoVote vote, CancellationToken cancellationToken)
    {
        using var api = new ControlApi(new ServerAddress(console, key));
        while (true)
        {
            var answer = await api.GetAsync(ApiQuery.Of("tickets"), cancellationToken);
            if (answer is ApiAnswer.Refused refused) return refused.Why;
            if (Pending(((ApiAnswer.Given)answer).Body) is { } id)
            {
                output.WriteLine($"{vote.Person,-5} | votes to {(vote.Approve ? "approve" : "deny")} it");
                var body = new { vote = vote.Approve ? "approve" : "deny", reason = "the demo votes by itself" };
                return await api.PostAsync(ApiQuery.Of("tickets", id, "votes"), body, cancellationToken) is ApiAnswer.Refused no ? no.Why : null;
            }

            await Task.Delay(Glance, TimeProvider.System, cancellationToken);
        }
    }

    private static string? Pending(JsonElement tickets) => tickets.GetProperty("tickets").EnumerateArray()
        .Where(ticket => ticket.GetProperty("status").GetString() == "pending")
        .Select(ticket => ticket.GetProperty("id").GetString())
        .FirstOrDefault();
}
