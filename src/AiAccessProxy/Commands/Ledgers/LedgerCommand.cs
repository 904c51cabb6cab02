using System.CommandLine;
using System.Text.Json;
using AiAccessProxy.Commands.Completing;
using AiAccessProxy.Commands.Server;

namespace AiAccessProxy.Commands.Ledgers;

/// <summary><c>aiaccess ledger …</c>: what is on record, asked of the running server or read from a folder.</summary>
internal static class LedgerCommand
{
    private const string ListWords = """
        The newest matching records, the newest last. --follow goes on with what is recorded from then on, until Ctrl-C.

        Examples:
          aiaccess ledger list --since 2h --kind ticket.* --agent billing-bot
          aiaccess ledger list --decision deny --json | jq -r .action.target
          aiaccess ledger list --follow
        """;

    private const string RecordWords = """
        Refusals, answers and the ledger's own lines name records by this id.

        Example:
          aiaccess ledger record 019a3d3c-7d7e-7f00-8000-000000000000
        """;

    private const string ExportWords = """
        One JSON object a line (NDJSON), the oldest first, up to what is there when it is asked for. That it was exported, and by whom, is itself
        put on record. An export that is cut off ends with 1.

        Example:
          aiaccess ledger export --since 2026-11-01T00:00:00Z --until 2026-12-01T00:00:00Z > november.ndjson
        """;

    public static Command Create() => new("ledger", "What is on record: at the running server (list, record, export) or in a folder (show).")
    {
        List(), Record(), Export(), LedgerShowCommand.Create(),
    };

    private static Command List()
    {
        var filters = new LedgerFilters();
        var limit = Named.Limit("How many records at most", Pages.Usual);
        var oldest = new Option<bool>("--oldest") { Description = "The oldest matching records instead of the newest." };
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on with what is recorded from now on." };
        var json = new Option<bool>("--json") { Description = "Print every record whole, one JSON object a line." };
        var list = new Command("list", "List records at the running server, one line each, oldest first; times are UTC.") { limit, oldest, follow, json };
        foreach (var option in filters.All) list.Options.Add(option);
        list.Validators.Add(result =>
        {
            if (result.GetValue(follow) && (result.GetValue(oldest) || result.GetValue(filters.Until) is not null)) result.AddError("--follow goes with neither --oldest nor --until.");
        });
        return list.WithServer(ListWords, async asked =>
        {
            var output = new LedgerLines(asked.Parsed.InvocationConfiguration.Output, asked.Parsed.GetValue(json));
            var amount = asked.Parsed.GetValue(limit);
            try
            {
                return asked.Parsed.GetValue(follow)
                    ? await new LedgerFollow(asked, filters, output).RunAsync(amount)
                    : await ListAsync(asked, filters.On(ApiQuery.Of("ledger"), asked.Parsed), (asked.Parsed.GetValue(oldest), amount), output);
            }
            catch (JsonException)
            {
                return asked.Parsed.NotUnderstood();
            }
        });
    }

    private static async Task<int> ListAsync(Asked asked, ApiQuery query, (bool Oldest, int Limit) how, LedgerLines output)
    {
        var answer = await asked.AllAsync(query.With("order", how.Oldest ? "oldest" : "newest"), "entries", how.Limit);
        if (answer is ApiAnswer.Refused refused) return asked.Parsed.Fail(refused.Code, refused.Why);
        if (answer is not ApiAnswer.Given(var page)) throw new InvalidOperationException("The server answered in a way that is not known here.");
        var entries = page.GetProperty("entries").EnumerateArray().ToList();
        if (!how.Oldest) entries.Reverse();
        foreach (var entry in entries) output.Write(entry);
        return entries.Count > 0 ? ExitCode.Done : asked.Parsed.Fail(ExitCode.NotFound, "no record matches");
    }

    private static Command Record()
    {
        var id = new Argument<Guid>("id") { Description = "The record's id." };
        return new Command("record", "Show one record whole, by its id, as the running server has it.") { id }.Asking(
            RecordWords,
            asked => FindAsync(asked, asked.Parsed.GetValue(id).ToString()),
            (body, _) => new([StoryLine.Of(ServerEntry.Of(body)), "", .. ServerEntry.Lines(body)]));
    }

    private static async Task<ApiAnswer> FindAsync(Asked asked, string id)
    {
        var answer = await asked.AllAsync(ApiQuery.Of("ledger").With("text", id), "entries", Pages.Usual);
        if (answer is not ApiAnswer.Given(var page)) return answer;
        // Others speak of it: what became of a call names the record that cleared it.
        return page.GetProperty("entries").EnumerateArray().FirstOrDefault(entry => entry.TryGetProperty("id", out var its) && its.ValueEquals(id))
            is { ValueKind: JsonValueKind.Object } found ? new ApiAnswer.Given(found) : new ApiAnswer.Refused(ExitCode.NotFound, $"there is no record {id}");
    }

    private static Command Export()
    {
        var filters = new LedgerFilters();
        var export = new Command("export", "Print every matching record of the running server whole, one JSON object a line.");
        foreach (var option in filters.All) export.Options.Add(option);
        return export.WithServer(ExportWords, async asked =>
        {
            var output = new LedgerLines(asked.Parsed.InvocationConfiguration.Output, IsJson: true);
            try
            {
                var refused = await asked.Api.StreamAsync(
                    filters.On(ApiQuery.Of("ledger", "export"), asked.Parsed), body => output.CopyAsync(body, asked.CancellationToken), asked.CancellationToken);
                return refused is null ? ExitCode.Done : asked.Parsed.Fail(refused.Code, refused.Why);
            }
            catch (JsonException)
            {
                return asked.Parsed.Fail(ExitCode.Failed, "the export was cut off in the middle of a record; ask again");
            }
        });
    }
}
