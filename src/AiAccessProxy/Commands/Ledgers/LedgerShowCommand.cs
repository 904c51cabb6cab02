using System.CommandLine;
using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Embedded;

namespace AiAccessProxy.Commands.Ledgers;

/// <summary><c>aiaccess ledger show</c>: the story that a ledger's folder tells, read without a server and beside a running one.</summary>
internal static class LedgerShowCommand
{
    private const string Words = $"""
        {LedgerFolder.Note}

        Example:
          aiaccess ledger show --data data --since 2h --ticket t_0198c1b2a3d4e5f60718293a4b5c6d7e
        """;

    public static Command Create()
    {
        var data = LedgerFolder.Option();
        var ticket = new Option<string?>("--ticket") { Description = "Only the records of this ticket." };
        var agent = new Option<string?>("--agent") { Description = "Only the records of this agent." };
        var since = TimeOption.Past("--since", "Only what was recorded at this time or later: a time (UTC unless it says otherwise), or how long ago, like 2h.");
        var until = TimeOption.Past("--until", "Only what was recorded before this time.");
        var json = new Option<bool>("--json") { Description = "Print every record whole, one JSON object a line." };
        var show = new Command("show", "Print records of a ledger's folder, without a server, one line each, oldest first; times are UTC.") { data, ticket, agent, since, until, json };
        show.SetAction((parsed, cancellationToken) => LedgerFolder.Problem(parsed, data) is { } problem ? Task.FromResult(parsed.Fail(ExitCode.Wrong, problem)) : ShowAsync(
            parsed,
            parsed.GetRequiredValue(data),
            new LedgerQuery(parsed.GetValue(ticket), parsed.GetValue(agent), parsed.GetValue(since), parsed.GetValue(until)),
            parsed.GetValue(json) ? EntryJson.Of : StoryLine.Of,
            cancellationToken));
        return TeachingHelp.On(show, Words);
    }

    private static async Task<int> ShowAsync(
        ParseResult parsed, string folder, LedgerQuery query, Func<Entry, string> line, CancellationToken cancellationToken)
    {
        var found = false;
        try
        {
            await foreach (var entry in LedgerReader.ReadAsync(folder, query, cancellationToken))
            {
                await parsed.InvocationConfiguration.Output.WriteLineAsync(line(entry));
                found = true;
            }
        }
        catch (LedgerRefusedException refused)
        {
            return parsed.Fail(ExitCode.Failed, LedgerFolder.Words(refused));
        }

        return found ? ExitCode.Done : parsed.Fail(ExitCode.NotFound, "no record matches");
    }
}
