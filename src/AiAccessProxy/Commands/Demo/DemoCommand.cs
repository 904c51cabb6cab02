using System.CommandLine;

namespace AiAccessProxy.Commands.Demo;

/// <summary><c>aiaccess demo</c>, and its three processes as hidden commands.</summary>
internal static class DemoCommand
{
    private const string Approve = "approve";
    private const string Deny = "deny";

    private const string Words = """
        Example:
          aiaccess demo --auto approve
        """;

    public static Command Create()
    {
        var auto = new Option<string?>("--auto")
        {
            Description = $"Do not wait for a click: {DemoVote.Voter} votes through the API.",
            HelpName = $"{Approve}|{Deny}",
        };
        auto.AcceptOnlyFromAmong(Approve, Deny);
        var policies = new Option<string>("--policies")
        {
            Description = "Folder of the example policies.",
            DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "policies", "demo"),
        };
        var patience = new Option<int>("--patience")
        {
            Description = "Seconds that a call may wait for the vote of --auto.",
            DefaultValueFactory = _ => 60,
        };
        var demo = new Command("demo", "Show it: an agent, an API and the proxy as three processes, and you decide.")
        {
            auto, policies, patience,
            Hidden("upstream", "The sample API.", SampleUpstream.RunAsync),
            Hidden("agent", "The scripted agent.", SampleAgent.RunAsync),
            Proxy(),
        };
        demo.SetAction((parsed, cancellationToken) =>
        {
            var configuration = parsed.InvocationConfiguration;
            var vote = parsed.GetValue(auto) is { } how ? new DemoVote(DemoVote.Voter, how == Approve) : null;
            var run = new DemoRun(configuration.Output, configuration.Error, TimeSpan.FromSeconds(parsed.GetRequiredValue(patience)));
            return run.RunAsync(parsed.GetRequiredValue(policies), vote, cancellationToken);
        });
        return TeachingHelp.On(demo, Words);
    }

    private static Command Hidden(string name, string description, Func<TextWriter, CancellationToken, Task<int>> run)
    {
        var command = new Command(name, description) { Hidden = true };
        command.SetAction((parsed, cancellationToken) =>
            Leash.HeldAsync(held => run(parsed.InvocationConfiguration.Output, held), cancellationToken));
        return command;
    }

    /// <summary>Exactly <c>aiaccess serve</c>, but ended by the demo.</summary>
    private static Command Proxy()
    {
        var command = new Command("proxy", "The proxy.") { Hidden = true, TreatUnmatchedTokensAsErrors = false };
        command.SetAction((parsed, cancellationToken) => Leash.HeldAsync(
            held => ServeCommand.Create().Parse(parsed.UnmatchedTokens).InvokeAsync(parsed.InvocationConfiguration, held), cancellationToken));
        return command;
    }
}
