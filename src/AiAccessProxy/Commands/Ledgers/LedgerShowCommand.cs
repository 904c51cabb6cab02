using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Embedded;

namespace AiAccessProxy.Commands.Ledgers;

/// <summary><c>aiaccess ledger show</c>: the story that a ledger's folder tells, read without a server and beside a running one.</summary>
internal static class LedgerShowCommand
{
    public static Command Create()
    {
        var data = new Option<string>("--data")
        {
            Description = "Folder of the ledger.",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("AIACCESS__LEDGER__FOLDER") ?? new LedgerOptions().Folder,
        };
        var ticket = new Option<string?>("--ticket") { Description = "Only the records of this ticket." };
        var agent = new Option<string?>("--agent") { Description = "Only the records of this agent." };
        var since = Time("--since", "Only what was recorded at this time or later (ISO 8601; UTC unless it says otherwise).");
        var until = Time("--until", "Only what was recorded before this time.");
        var json = new Option<bool>("--json") { Description = "Print every record whole, one JSON object a line." };
        var show = new Command("show", "Print records, one line each, oldest first; times are UTC.") { data, ticket, agent, since, until, json };
        show.SetAction((parsed, cancellationToken) => ShowAsync(
            parsed,
            parsed.GetRequiredValue(data),
            new LedgerQuery(parsed.GetValue(ticket), parsed.GetValue(agent), parsed.GetValue(since), parsed.GetValue(until)),
            parsed.GetValue(json) ? EntryJson.Of : StoryLine.Of,
            cancellationToken));
        return new Command("ledger", "What is on record.") { show };
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
            return parsed.Fail(ExitCode.Failed, refused.Message);
        }

        return found ? ExitCode.Done : parsed.Fail(ExitCode.NotFound, "no record matches");
    }

    private static Option<DateTimeOffset?> Time(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result => Parse(result, name),
    };

    private static DateTimeOffset? Parse(ArgumentResult result, string name)
    {
        var text = result.Tokens.Single().Value;
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var time)) return time;
        result.AddError($"{name} '{text}' is no time; write it like 2026-11-21T09:00:00Z.");
        return null;
    }
}
