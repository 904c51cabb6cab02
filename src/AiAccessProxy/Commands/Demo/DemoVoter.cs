using System.Text.Json;
using AiAccessProxy.Commands.Tickets;

namespace AiAccessProxy.Commands.Demo;

/// <summary>Votes through the API as a person with a personal key would, on the first ticket that appears.</summary>
internal sealed class DemoVoter(Uri console, string key, TextWriter output)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    /// <summary>Null when the vote was counted, otherwise why not.</summary>
    public async Task<string?> VoteAsync(DemoVote vote, CancellationToken cancellationToken)
    {
        using var api = new ControlApi(console, key);
        while (true)
        {
            var answer = await api.TicketsAsync(cancellationToken);
            if (answer is ApiAnswer.Refused refused) return refused.Why;
            if (Pending(((ApiAnswer.Given)answer).Body) is { } id)
            {
                output.WriteLine($"{vote.Person,-5} | votes to {(vote.Approve ? "approve" : "deny")} it");
                return await api.VoteAsync(id, vote.Approve, "the demo votes by itself", cancellationToken) is ApiAnswer.Refused no ? no.Why : null;
            }

            await Task.Delay(Glance, TimeProvider.System, cancellationToken);
        }
    }

    private static string? Pending(JsonElement tickets) => tickets.GetProperty("tickets").EnumerateArray()
        .Where(ticket => ticket.GetProperty("status").GetString() == "pending")
        .Select(ticket => ticket.GetProperty("id").GetString())
        .FirstOrDefault();
}
