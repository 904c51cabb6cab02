using AiAccessProxy.Approvals;
using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Files;

namespace AiAccessProxy.Tests.Policies;

/// <summary><c>observe: true</c>: the rule has no effect, and every place where it would have had one says so.</summary>
public class ObservedRulesTests
{
    private const string Rules = """
        - { id: all, effect: allow, match: { paths: ["/**"] } }
        - { id: large, effect: require_approval, observe: true, redact: [query.card], match: { where: [{ field: query.amount, gt: 10 }] }, approval: { need: [{ from: [group:security] }] } }
        - { id: writes, effect: require_approval, match: { methods: [POST] }, approval: { need: [{ from: [group:security] }] } }
        """;

    [Theory]
    [InlineData("/x?amount=11", "large", false)]
    [InlineData("/x?amount=11&amount=12", "large", true)]
    [InlineData("/x?amount=10", null, false)]
    public void It_is_told_where_it_would_have_counted(string target, string? observed, bool unknown)
    {
        var decision = Some.Decided(Rules, Some.Action(target: target)).Decision;
        Assert.Equal("all", Assert.Single(Assert.IsType<Decision.Allow>(decision).Rules).Id);
        Assert.Equal(observed is null ? [] : [observed], decision.Observed.Select(rule => rule.Id));
        Assert.All(decision.Observed, rule => Assert.Equal(unknown, rule.Unknown));
    }

    [Fact]
    public void What_it_redacts_stays_redacted() =>
        Assert.Equal("query.card", Assert.Single(Some.Decided(Rules, Some.Action(target: "/x?amount=11&card=1")).Decision.Redact).Field.Text);

    [Fact]
    public void The_record_of_the_decision_names_it()
    {
        var records = new Records(new Instance(TimeProvider.System), TimeProvider.System);
        Assert.Equal(["large"], records.Decided(Some.Decided(Rules, Some.Action(target: "/x?amount=11"))).Observed);
        Assert.Null(records.Decided(Some.Decided(Rules, Some.Action(target: "/x?amount=1"))).Observed);
    }

    [Fact]
    public void No_body_is_read_for_its_sake()
    {
        var route = Some.Policy("""
            - { id: all, effect: allow, match: { paths: ["/**"] } }
            - { id: large, effect: require_approval, observe: true, match: { where: [{ field: body.amount, gt: 10 }] }, approval: { need: [{ from: [group:security] }] } }
            """).Routes[0];
        Assert.False(route.NeedsBody(Some.Caller(), Some.Head("POST"), Some.Moment));
    }

    [Fact]
    public async Task Check_lists_it()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "agents.yaml"), Some.AgentsYaml);
            File.WriteAllText(Path.Combine(folder.FullName, "people.yaml"), Some.PeopleYaml);
            File.WriteAllText(Path.Combine(folder.FullName, "api.yaml"), Some.RouteYaml(Rules));
            var (output, errors) = (new StringWriter(), new StringWriter());
            Assert.Equal(0, await PolicyCheck.RunAsync(folder.FullName, isStrict: false, output, errors));
            Assert.Contains("observed only: rule large of route api", output.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
