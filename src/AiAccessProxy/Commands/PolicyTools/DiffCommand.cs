using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using AiAccessProxy.Commands.Ledgers;
using AiAccessProxy.Control.Api;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Explaining;

namespace AiAccessProxy.Commands.PolicyTools;

/// <summary><c>aiaccess policy diff</c>: what a change of the policies would have changed for the calls on record.</summary>
internal static class DiffCommand
{
    private const string Words = $"""
        Every call on record is decided by both folders as far as its record tells. Calls that come out alike are counted; the others are told,
        with how often each came and the newest record that holds one:

          3 x POST /v1/charges on payments, billing-bot: allow (read) -> require_approval (refund?)   019a3d3c-7d7e-7f00-8000-000000000000

        A record holds no headers, no body and no redacted values. A rule that looks into those is unknown; it is marked with '?' where it
        counts, and named after 'not told' where it is an allow that does not. Two folders that differ in nothing else are alike here.

        {LedgerFolder.Note}

          aiaccess policy diff policies policies.new --data data
        """;

    public static Command Create()
    {
        var (before, after) = (new Argument<string>("before") { Description = "Folder of the policies as they are." }, new Argument<string>("after") { Description = "Folder of the policies as they would be." });
        var data = LedgerFolder.Option();
        var agent = new Option<string?>("--agent") { Description = "Only calls of this agent." };
        var json = new Option<bool>("--json") { Description = "Print JSON, one object a line." };
        var command = new Command("diff", "Say what a change of the policies would have changed for the calls on record.") { before, after, data, agent, json };
        command.SetAction((parsed, cancellationToken) => LedgerFolder.Problem(parsed, data) is { } problem ? Task.FromResult(parsed.Fail(ExitCode.Wrong, problem)) : Loading.Of(parsed, parsed.GetRequiredValue(before)) is { Snapshot: var old }
            && Loading.Of(parsed, parsed.GetRequiredValue(after)) is { Snapshot: var next }
                ? RunAsync(parsed, (old, next), (parsed.GetRequiredValue(data), new LedgerQuery(Agent: parsed.GetValue(agent))), parsed.GetValue(json), cancellationToken)
                : Task.FromResult(ExitCode.Wrong));
        return TeachingHelp.On(command, Words);
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, (PolicySnapshot Old, PolicySnapshot New) rules, (string Folder, LedgerQuery Query) ledger, bool json, CancellationToken cancellationToken)
    {
        var changes = new SortedDictionary<string, CallChange>(StringComparer.Ordinal);
        var calls = 0;
        try
        {
            await foreach (var (record, call) in RecordedCalls.AllAsync(ledger.Folder, ledger.Query, cancellationToken))
            {
                calls++;
                var (before, after) = (Verdict(call.Explain(rules.Old)), Verdict(call.Explain(rules.New)));
                if (before == after) continue;
                var change = new CallChange(call.Agent, call.OnBehalfOf, call.Route, call.Method, call.Target.Split('?', 2)[0]) { Before = before, After = after, Record = record.Id };
                changes[change.Key] = change with { Count = (changes.GetValueOrDefault(change.Key)?.Count ?? 0) + 1 };
            }
        }
        catch (LedgerRefusedException refused)
        {
            return parsed.Fail(ExitCode.Failed, LedgerFolder.Words(refused));
        }

        if (calls == 0) return parsed.Fail(ExitCode.NotFound, "no call is on record");
        var output = parsed.InvocationConfiguration.Output;
        foreach (var change in changes.Values) output.WriteLine(json ? JsonSerializer.Serialize(change, ApiJson.Options) : TerminalText.Of(change.ToString()));
        if (!json) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{calls} calls on record, {changes.Values.Sum(change => change.Count)} of them come out otherwise; their headers and bodies are not on record"));
        return ExitCode.Done;
    }

    private static string Verdict(Explanation told)
    {
        if (told.Refusal is { } refusal) return $"refused ({told.Doubt ?? refusal})";
        var strongest = told.Rules.Where(rule => rule.Counts).Select(rule => (Effect?)rule.Effect).Max();
        var rules = told.Rules.Where(rule => rule.Counts && rule.Effect == strongest).Select(rule => IsUnknown(rule) ? $"{rule.Id}?" : rule.Id).ToList();
        var open = told.Rules.Where(rule => !rule.Counts && IsUnknown(rule)).Select(rule => rule.Id).ToList();
        var needs = told.Approval is { } approval ? $", needs {string.Join(" and ", approval.Needs.Select(need => $"{need.Approvals} of {string.Join(" or ", need.From)}"))}" : "";
        return $"{told.Outcome} ({(rules.Count == 0 ? "default" : string.Join(", ", rules))}{needs}{(open.Count == 0 ? "" : $"; not told: {string.Join(", ", open)}")})";
    }

    private static bool IsUnknown(ExplainedRule rule) => rule.Outcome == Policies.Conditions.Truth.Unknown;
}
