using AiAccessProxy.Actions;
using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Files;
using AiAccessProxy.Tests.Architecture;

namespace AiAccessProxy.Tests.Policies.Files;

/// <summary>The policies that people are shown load as they stand and decide as their comments say.</summary>
public class ExamplePoliciesTests
{
    [Theory]
    [InlineData("GET", "/payments/v1/charges", null, "allow read")]
    [InlineData("DELETE", "/payments/v1/charges/ch_1", null, "deny")]
    [InlineData("POST", "/payments/v1/charges/ch_1/refunds", """{"amount":10000,"currency":"eur"}""", "allow refund-small")]
    [InlineData("POST", "/payments/v1/charges/ch_1/refunds", """{"amount":2e4,"currency":"eur"}""", "ask refund-large-or-whole: Refund 2e4 eur on charge ch_1")]
    [InlineData("POST", "/payments/v1/charges/ch_1/refunds", "{}", "ask refund-large-or-whole: Refund (absent) (absent) on charge ch_1")]
    [InlineData("POST", "/payments/v1/charges/ch_1/refunds", """{"amount":"1"}""", "ask refund-large-or-whole: Refund 1 (absent) on charge ch_1")]
    [InlineData("POST", "/payments/v1/charges/ch_1/refunds", "{", "ask refund-large-or-whole: Refund (unreadable) (unreadable) on charge ch_1")]
    public void The_payments_example_decides_as_it_says(string method, string target, string? body, string expected) =>
        Assert.Equal(expected, Decided("policies", method, target, body));

    [Theory]
    [InlineData("GET", "/cloud/v1/users", null, "allow read")]
    [InlineData("POST", "/cloud/v1/exports", """{"table":"customers","format":"csv"}""", "ask export: Export customers as csv")]
    [InlineData("POST", "/cloud/v1/users/joan/roles", """{"role":"reader"}""", "ask role-grant: Give joan the role reader")]
    [InlineData("POST", "/cloud/v1/users/joan/roles", """{"role":"admin"}""", "ask role-grant, role-grant-admin: Give joan the role admin")]
    [InlineData("DELETE", "/cloud/v1/deployments/web", null, "ask deployment-delete: Delete deployment web")]
    [InlineData("POST", "/cloud/v1/deployments/web/restart", null, "ask deployment-restart: Restart deployment web")]
    [InlineData("PUT", "/cloud/v1/users/joan", null, "deny")]
    public void The_demo_decides_as_it_says(string method, string target, string? body, string expected) =>
        Assert.Equal(expected, Decided("policies/demo", method, target, body));

    public static TheoryData<string> EveryFolder =>
        [.. Directory.EnumerateFiles(Repository.PathOf("policies"), PolicyFolder.Agents, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(path)!)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(EveryFolder))]
    public async Task Every_file_that_is_shown_passes_its_own_tests(string folder)
    {
        var loaded = Assert.IsType<PolicyLoad.Loaded>(PolicyFiles.Load(Repository.PathOf(folder), _ => "secret"));
        Assert.All(loaded.Snapshot.Routes, route => Assert.Contains(loaded.Tests, test => test.Call.Route == route.Id));
        foreach (var test in loaded.Tests)
            Assert.Empty((await test.RunAsync(loaded.Snapshot, TimeProvider.System, TestContext.Current.CancellationToken)).Failures);
    }

    private static string Decided(string folder, string method, string target, string? body)
    {
        var loaded = PolicyFiles.Load(Repository.PathOf(folder), _ => "secret");
        Assert.True(loaded is PolicyLoad.Loaded, loaded is PolicyLoad.Refused refused ? string.Join('\n', refused.Problems) : "");
        var policy = ((PolicyLoad.Loaded)loaded).Snapshot;
        var match = policy.RouteOf(Some.Authority(), Some.Target(target))!;
        var action = new ApiAction(Some.Head(method) with { Target = match.Target }, body is null ? new ActionBody.None() : Some.Body(body));
        var decision = policy.Decide(match.Route, Some.Caller(), action, Some.Moment).Decision;
        var rules = string.Join(", ", decision.Rules.Select(rule => rule.Id));
        return decision switch
        {
            Decision.Allow => $"allow {rules}",
            Decision.RequireApproval ask => $"ask {rules}: {string.Join("; ", ask.Requirement.Summary)}",
            _ => "deny",
        };
    }
}
