using System.Text;
using AiAccessProxy.Actions;
using AiAccessProxy.Approvals;
using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Trials;
using AiAccessProxy.Tests.Architecture;

namespace AiAccessProxy.Tests.Policies.Examples;

/// <summary>A policy of <c>policies/examples</c> as it ships, or with something changed, which shows what that is there for.</summary>
internal sealed class Example
{
    private readonly string _route;
    private readonly PolicySnapshot _rules;

    private Example(string route, PolicySnapshot rules) => (_route, _rules) = (route, rules);

    /// <param name="route">Id of the route, and name of its file.</param>
    public static Example Of(string route) => new(route, Some.Policy([.. Files()]));

    public static Example Of(string route, string text, string instead) => new(route, Some.Policy(
        [.. Files().Select(file => file.Name == $"{route}.yaml" ? (file.Name, Replaced(file.Text, text, instead)) : file)]));

    public TrialCall Call(string agent, string method, string path) => new() { Agent = agent, Method = method, Path = path, Route = _route };

    public static TrialCall WithJson(TrialCall call, string? json) =>
        json is null ? call : call with { Body = Encoding.UTF8.GetBytes(json), ContentType = "application/json" };

    /// <summary>What becomes of it: <c>allow read</c>, <c>ask high refund</c>, <c>deny</c>, <c>refused no-single-meaning (encoded-slash)</c>.</summary>
    public async Task<string> TellAsync(TrialCall call) => await RunAsync(call) switch
    {
        TrialOutcome.Refused { Doubt: { } doubt } refused => $"refused {refused.Kind} ({OptIns.NameOf(doubt)})",
        TrialOutcome.Refused refused => $"refused {refused.Kind}",
        TrialOutcome.Decided { Bound.Decision: var decision } => string.Join(' ', [Word(decision), .. decision.Rules.Select(rule => rule.Id)]),
        _ => throw new InvalidOperationException("A call is decided or refused."),
    };

    public async Task<Bound> DecideAsync(TrialCall call) => Assert.IsType<TrialOutcome.Decided>(await RunAsync(call)).Bound;

    public async Task<Requirement> AskedAsync(TrialCall call) =>
        Assert.IsType<Decision.RequireApproval>((await DecideAsync(call)).Decision).Requirement;

    /// <summary>Whether approvals by these people are enough.</summary>
    public bool IsMet(Requirement requirement, params string[] people) => Quorum.IsMet(requirement.Needs, people, _rules.People.Matches);

    private ValueTask<TrialOutcome> RunAsync(TrialCall call) => Trial.RunAsync(_rules, call, TestContext.Current.CancellationToken);

    private static string Word(Decision decision) => decision switch
    {
        Decision.Allow => "allow",
        Decision.RequireApproval ask => $"ask {ask.Requirement.Risk}".ToLowerInvariant(),
        _ => "deny",
    };

    private static IEnumerable<(string Name, string Text)> Files() => Directory.EnumerateFiles(Repository.PathOf("policies/examples"), "*.yaml")
        .Select(path => (Path.GetFileName(path), File.ReadAllText(path)));

    private static string Replaced(string text, string what, string instead)
    {
        Assert.Contains(what, text);
        return text.Replace(what, instead, StringComparison.Ordinal);
    }
}
