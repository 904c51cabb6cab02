using System.CommandLine;
using System.Globalization;
using AiAccessProxy.Policies.Explaining;
using AiAccessProxy.Policies.Files;
using AiAccessProxy.Policies.Trials;

namespace AiAccessProxy.Commands.PolicyTools;

/// <summary><c>aiaccess policy test</c>: runs the tests that stand in the policy files.</summary>
internal static class TestCommand
{
    private const string Words = """
        A file that states a route may end with tests of its rules. Each describes a call (path after the route's prefix) and what comes of it;
        the call is made into a request and read, matched and decided by the code that reads, matches and decides real ones:

          tests:
            - name: large refunds wait
              request: { agent: billing-bot, method: POST, path: /v1/charges/ch_1/refunds, body: { amount: 20000 } }
              expect: { effect: require_approval, rules: [refund-large-or-whole] }
            - name: nobody hides a slash in a charge
              request: { agent: billing-bot, method: GET, path: /v1/charges/a%2Fb }
              expect: { refused: encoded-slash }

        request: agent, method, path; on_behalf_of, query, headers, host, time; one of body (written as YAML, sent as JSON), form, raw_body.
        expect: effect, or refused; with an effect rules, credential; with require_approval action, risk, summary, needs, require.
        Secrets that the files refer to need not be there: something else stands for them.

          aiaccess policy test policies --filter refunds
        """;

    public static Command Create(Argument<string> folder)
    {
        var junit = new Option<FileInfo?>("--junit") { Description = "Also write the results to this file, as JUnit XML." };
        var filter = new Option<string?>("--filter") { Description = "Only tests whose file, route or name holds this text, in any case." };
        var command = new Command("test", "Run the tests that stand in the policy files.") { folder, junit, filter };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(parsed, parsed.GetRequiredValue(folder), parsed.GetValue(junit), parsed.GetValue(filter), cancellationToken));
        return TeachingHelp.On(command, Words);
    }

    private static async Task<int> RunAsync(ParseResult parsed, string folder, FileInfo? junit, string? filter, CancellationToken cancellationToken)
    {
        if (Loading.Of(parsed, folder) is not { } policy) return ExitCode.Wrong;
        var tests = policy.Tests.Where(test => filter is null || IsMeant(test, filter)).ToList();
        if (tests.Count == 0) return parsed.Fail(ExitCode.NotFound, filter is null ? $"no file of {folder} has tests" : $"no test holds {filter}");

        var output = parsed.InvocationConfiguration.Output;
        var results = new List<PolicyTestResult>();
        foreach (var test in tests)
        {
            var result = await test.RunAsync(policy.Snapshot, TimeProvider.System, cancellationToken);
            results.Add(result);
            foreach (var line in Lines(result, policy)) output.WriteLine(line);
        }

        var failed = results.Count(result => result.Failures.Count > 0);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{results.Count - failed} passed, {failed} failed"));
        if (junit is not null)
        {
            await using var file = junit.Create();
            JUnitReport.Write(file, results, result => string.Join('\n', Why(result, policy)));
        }

        return failed == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static IEnumerable<string> Lines(PolicyTestResult result, PolicyLoad.Loaded policy)
    {
        var test = result.Test;
        if (result.Failures.Count == 0) return [$"ok    {test.File}: {TerminalText.Of(test.Name)}"];
        return [$"FAIL  {test.File}:{test.Line.ToString(CultureInfo.InvariantCulture)}: {TerminalText.Of(test.Name)}", .. Why(result, policy).Select(line => $"      {line}")];
    }

    private static IEnumerable<string> Why(PolicyTestResult result, PolicyLoad.Loaded policy) =>
        [.. result.Failures.Select(failure => TerminalText.Of(failure)), .. ExplanationText.Rules(result.Outcome.Explain(policy.Snapshot))];

    private static bool IsMeant(PolicyTest test, string filter) =>
        new[] { test.File, test.Call.Route ?? "", test.Name }.Any(text => text.Contains(filter, StringComparison.OrdinalIgnoreCase));
}
