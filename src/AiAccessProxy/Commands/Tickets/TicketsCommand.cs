using System.CommandLine;
using System.Text.Json;
using AiAccessProxy.Control.Api;

namespace AiAccessProxy.Commands.Tickets;

/// <summary><c>aiaccess tickets list|show|approve|deny</c>: a reviewer's work from a terminal.</summary>
internal static class TicketsCommand
{
    // The server may be newer than this program and tell more.
    private static readonly JsonSerializerOptions Reading = new(ApiJson.Options)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Skip,
    };

    public static Command Create() => new(
        "tickets",
        $"Privileged calls that wait for people. {ControlApi.Url} is the console's address, {ControlApi.Token} your personal key.")
    {
        List(), Show(), Vote("approve", approve: true), Vote("deny", approve: false),
    };

    private static Command List()
    {
        var list = new Command("list", "List the tickets that are not over, oldest first.");
        return On(list, (api, _, cancellationToken) => api.TicketsAsync(cancellationToken), body =>
            body.GetProperty("tickets").Deserialize<IReadOnlyList<TicketJson>>(Reading)!.Select(TicketText.Line));
    }

    private static Command Show()
    {
        var id = Id();
        var show = new Command("show", "Show one ticket in full: who, why, and exactly what would be sent.") { id };
        return On(show, (api, parsed, cancellationToken) => api.TicketAsync(parsed.GetRequiredValue(id), cancellationToken), Page);
    }

    private static Command Vote(string name, bool approve)
    {
        var id = Id();
        var reason = new Option<string?>("--reason") { Description = "Why; the ledger keeps it, and the agent is told.", Required = !approve };
        var vote = new Command(name, approve ? "Approve a ticket; it can be used once." : "Deny a ticket.") { id, reason };
        return On(
            vote,
            (api, parsed, cancellationToken) => api.VoteAsync(parsed.GetRequiredValue(id), approve, parsed.GetValue(reason), cancellationToken),
            body => [TicketText.Line(body.Deserialize<TicketJson>(Reading)!)]);
    }

    private static IEnumerable<string> Page(JsonElement body) => TicketText.Page(body.Deserialize<TicketJson>(Reading)!);

    private static Argument<string> Id() => new("id") { Description = "The ticket's id: t_ and 32 hex digits." };

    private static Command On(
        Command command, Func<ControlApi, ParseResult, CancellationToken, Task<ApiAnswer>> ask, Func<JsonElement, IEnumerable<string>> tell)
    {
        var json = new Option<bool>("--json") { Description = "Print the server's JSON." };
        command.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (!Uri.TryCreate(Environment.GetEnvironmentVariable(ControlApi.Url), UriKind.Absolute, out var server) || !server.Scheme.StartsWith("http", StringComparison.Ordinal))
                return parsed.Fail(ExitCode.Wrong, $"set {ControlApi.Url} to the console's address, as 'aiaccess serve' prints it");
            if (Environment.GetEnvironmentVariable(ControlApi.Token) is not { Length: > 0 } token)
                return parsed.Fail(ExitCode.Wrong, $"set {ControlApi.Token} to your personal key; 'aiaccess people key create' makes one");

            using var api = new ControlApi(server, token);
            switch (await ask(api, parsed, cancellationToken))
            {
                case ApiAnswer.Given(var body):
                    // Serialized anew: what is not ASCII comes out escaped, so that JSON is as safe to look at as the lines are.
                    IEnumerable<string> lines = parsed.GetValue(json) ? [JsonSerializer.Serialize(body)] : tell(body);
                    foreach (var line in lines) parsed.InvocationConfiguration.Output.WriteLine(line);
                    return ExitCode.Done;
                case ApiAnswer.Refused refused:
                    return parsed.Fail(refused.Code, refused.Why);
                default:
                    throw new InvalidOperationException("The server answered in a way that is not known here.");
            }
        });
        return command;
    }
}
