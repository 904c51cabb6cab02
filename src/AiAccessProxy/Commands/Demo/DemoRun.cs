using System.Net.Http.Json;
using AiAccessProxy.Commands.Ledgers;
using AiAccessProxy.Commands.Server;
using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Embedded;

namespace AiAccessProxy.Commands.Demo;

/// <summary>Runs upstream, proxy and agent as three processes, lets a person decide, tells the story and holds it against the upstream's count.</summary>
internal sealed class DemoRun(TextWriter output, TextWriter error, TimeSpan patience)
{
    /// <summary>Who may click: the sign-in link is theirs.</summary>
    public const string Clicks = "grace";

    /// <summary>Where the agent finds the API behind the proxy: the prefix of the example's route.</summary>
    private const string Prefix = "cloud/";

    public async Task<int> RunAsync(string policies, DemoVote? auto, CancellationToken cancellationToken)
    {
        using var stage = new DemoStage();
        var credential = new Dictionary<string, string> { [SampleUpstream.Token] = Guid.NewGuid().ToString() };
        await using var upstream = new DemoChild(["demo", "upstream"], credential);
        if (await upstream.SaysAsync("upstream", cancellationToken) is not { } api) return Broken("upstream", upstream);
        stage.Set(policies, new Uri(api));

        DemoEvidence evidence;
        await using (var proxy = new DemoChild(ProxyArguments(stage), credential))
        {
            if (await proxy.SaysAsync("agents", cancellationToken) is not { } agents
                || await proxy.SaysAsync("console", cancellationToken) is not { } console
                || await proxy.SaysAsync("sign in", cancellationToken) is not { } link) return Broken("proxy", proxy);
            var entrance = new Uri(new Uri(agents), Prefix);
            Announce(api, entrance, auto is null ? link : null);

            if (await WorkAsync(stage, entrance, new Uri(console), auto, cancellationToken) is not { } gotThrough)
                return ExitCode.Failed;
            using var direct = new HttpClient { BaseAddress = new Uri(api) };
            var received = await direct.GetFromJsonAsync<Dictionary<string, int>>("/_received", cancellationToken);
            evidence = new DemoEvidence(gotThrough, received!, [], auto);
        }

        return Conclude(evidence with { Records = await TellAsync(stage, cancellationToken) });
    }

    private static string[] ProxyArguments(DemoStage stage) =>
    [
        "demo", "proxy", "--policies", stage.Policies, "--data", stage.Data, "--local", Clicks,
        "--gate:url", "http://127.0.0.1:0", "--control:url", "http://127.0.0.1:0",
    ];

    private void Announce(string api, Uri entrance, string? link)
    {
        output.WriteLine($"upstream  {api}  a small cloud API; it counts what it receives");
        output.WriteLine($"proxy     {entrance.GetLeftPart(UriPartial.Authority)}  policies and a person stand between");
        output.WriteLine($"agent     knows {entrance} and a key, nothing else");
        if (link is not null) output.WriteLine($"\nIt will ask for an export of all customers. Decide as {Clicks} here:\n\n    {link}\n");
    }

    /// <summary>The agent at work, and the vote when it is the demo's. True when its call got through; null when the demo cannot go on.</summary>
    private async Task<bool?> WorkAsync(DemoStage stage, Uri agents, Uri console, DemoVote? auto, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (auto is not null) limit.CancelAfter(patience);
        await using var agent = new DemoChild(
            ["demo", "agent"], new Dictionary<string, string> { [SampleAgent.Url] = agents.ToString(), [SampleAgent.Key] = stage.Agent.Text });
        var relaying = RelayAsync(agent, limit.Token);
        var voting = auto is null ? Task.FromResult<string?>(null) : new DemoVoter(console, stage.Voter.Text, output).VoteAsync(auto, limit.Token);
        try
        {
            // An agent that is through before anybody could vote is for the check to find.
            await Task.WhenAny(voting, relaying);
            if (voting.IsCompleted && await voting is { } why)
            {
                error.WriteLine($"demo: {auto!.Person} could not vote: {TerminalText.Of(why)}");
                return null;
            }

            await relaying;
            var code = await agent.EndAsync(limit.Token);
            await limit.CancelAsync();
            if (code is ExitCode.Done or ExitCode.Refused) return code == ExitCode.Done;
            Broken("agent", agent);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            error.WriteLine($"demo: the agent's call was neither released nor refused within {patience.TotalSeconds} s");
            return null;
        }
    }

    private async Task RelayAsync(DemoChild agent, CancellationToken cancellationToken)
    {
        await foreach (var line in agent.LinesAsync(cancellationToken)) output.WriteLine($"agent | {TerminalText.Of(line)}");
    }

    private async Task<List<LedgerRecord>> TellAsync(DemoStage stage, CancellationToken cancellationToken)
    {
        output.WriteLine("\nThe ledger (aiaccess ledger show):");
        var records = new List<LedgerRecord>();
        await foreach (var entry in LedgerReader.ReadAsync(stage.Data, new LedgerQuery(), cancellationToken))
        {
            output.WriteLine(StoryLine.Of(entry));
            records.Add(entry.Record);
        }

        return records;
    }

    private int Conclude(DemoEvidence evidence)
    {
        output.WriteLine("\nThe upstream's own count of what it received:");
        foreach (var (call, count) in evidence.Received) output.WriteLine($"{count,5}  {call}");
        output.WriteLine();

        var problems = DemoCheck.Problems(evidence).ToList();
        foreach (var problem in problems) error.WriteLine($"demo: {TerminalText.Of(problem)}");
        if (problems.Count > 0) return ExitCode.Failed;
        output.WriteLine(evidence.AgentGotThrough
            ? "Approved: the export went upstream once, and everything is on record."
            : "Denied: the export did not go upstream, and everything is on record.");
        return ExitCode.Done;
    }

    private int Broken(string who, DemoChild child)
    {
        error.WriteLine($"demo: the {who} ended before its time; its last words:");
        foreach (var line in child.Errors.TakeLast(20)) error.WriteLine($"  {TerminalText.Of(line)}");
        return ExitCode.Failed;
    }
}
