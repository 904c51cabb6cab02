using System.CommandLine;
using System.Text.Json;
using AiAccessProxy.Commands.Ledgers;
using AiAccessProxy.Control.Api;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies.Explaining;
using AiAccessProxy.Policies.Trials;

namespace AiAccessProxy.Commands.PolicyTools;

/// <summary><c>aiaccess policy explain</c>: what the policies say of one call, and why.</summary>
internal static class ExplainCommand
{
    private const string Words = """
        The call comes from one of three places:

          --call FILE     a description, as request: in a policy test (YAML or JSON; with route: the path is after its prefix), or a request
                          as it goes over the wire (POST /payments/v1/refunds HTTP/1.1 …), whose agent --agent names
          --agent, --method, --path, --header, --body
                          the call in options; the path is whole, as the agent sends it
          --record ID     a record of the embedded ledger in --data (one in Redis has no folder: see the record with 'aiaccess ledger record'
                          at a running server, and describe its call in options). A record holds no headers, no body and no redacted values: what rules ask of
                          them is unknown, and said to be

        Each rule is told with each of its conditions: true, false or unknown, and why. Unknown counts as a match for deny and
        require_approval and as none for allow. Nothing is recorded and nothing is sent. What a rule of the route redacts is not told.

          aiaccess policy explain --agent billing-bot --method POST --path /payments/v1/charges/ch_1/refunds --body '{"amount": 20000}'
          aiaccess policy explain --record 019a3d3c-7d7e-7f00-8000-000000000000 --data data --json
        """;

    private static readonly JsonSerializerOptions Indented = new(ApiJson.Options) { WriteIndented = true };

    public static Command Create(Argument<string> folder)
    {
        var (json, options) = (new Option<bool>("--json") { Description = "Print JSON." }, new CallOptions());
        var command = new Command("explain", "Say what the policies decide about one call, and why: each rule, each condition.") { folder, json };
        foreach (var option in options.All) command.Options.Add(option);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, parsed.GetRequiredValue(folder), options, parsed.GetValue(json), cancellationToken));
        return TeachingHelp.On(command, Words);
    }

    private static async Task<int> RunAsync(ParseResult parsed, string folder, CallOptions options, bool json, CancellationToken cancellationToken)
    {
        if (options.Wrong(parsed) is { } wrong) return parsed.Fail(ExitCode.Wrong, $"{wrong} See 'aiaccess policy explain --help'.");
        if (Loading.Of(parsed, folder) is not { Snapshot: var rules }) return ExitCode.Wrong;
        Explanation explanation;
        if (parsed.GetValue(options.Record) is { } id)
        {
            if (LedgerFolder.Problem(parsed, options.Data) is { } elsewhere) return parsed.Fail(ExitCode.Wrong, elsewhere);
            try
            {
                if (await RecordedCalls.FindAsync(parsed.GetRequiredValue(options.Data), id, cancellationToken) is not { } recorded)
                    return parsed.Fail(ExitCode.NotFound, $"there is no record {id} of a call");
                explanation = recorded.Call.Explain(rules);
            }
            catch (LedgerRefusedException refused)
            {
                return parsed.Fail(ExitCode.Failed, LedgerFolder.Words(refused));
            }
        }
        else
        {
            if (options.Call(parsed, out var problems) is not { } call)
            {
                foreach (var problem in problems) parsed.Fail(ExitCode.Wrong, problem);
                return ExitCode.Wrong;
            }

            explanation = (await Trial.RunAsync(rules, call with { Time = call.Time ?? TimeProvider.System.GetUtcNow() }, cancellationToken)).Explain(rules);
        }

        var output = parsed.InvocationConfiguration.Output;
        if (json) output.WriteLine(JsonSerializer.Serialize(explanation, Indented));
        else foreach (var line in ExplanationText.Whole(explanation)) output.WriteLine(line);
        return ExitCode.Done;
    }
}
