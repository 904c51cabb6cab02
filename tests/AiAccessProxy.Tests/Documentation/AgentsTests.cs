using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using AiAccessProxy.Actions;
using AiAccessProxy.Gate;
using AiAccessProxy.Tests.Architecture;

namespace AiAccessProxy.Tests.Documentation;

/// <summary>What docs/agents.md says is true.</summary>
public partial class AgentsTests
{
    private static readonly string Text = File.ReadAllText(Repository.PathOf("docs/agents.md"));

    [Fact]
    public void The_headers_in_which_identical_calls_may_differ_are_those_of_the_program() =>
        Assert.Equal(VolatileHeaders.Standard.Order(StringComparer.Ordinal), Markdown.Code(Held().Match(Text).Groups[1].Value));

    [Fact]
    public void What_it_says_of_lengths_is_so() =>
        Assert.Contains(FormattableString.Invariant($"at most {AgentHeaders.LongestClaim:N0} characters"), Text, StringComparison.Ordinal);

    [Fact]
    public void Each_member_of_a_result_is_named()
    {
        var members = typeof(TicketResult).GetProperties().Select(property => property.GetCustomAttribute<JsonPropertyNameAttribute>()!.Name);

        Assert.Superset(members.ToHashSet(), Markdown.Code(Text).ToHashSet());
    }

    [Fact]
    public void Each_path_in_it_is_below_that_of_own_tickets() => Assert.All(
        Markdown.Code(Text).Where(code => code.StartsWith("GET ", StringComparison.Ordinal) || code.StartsWith("POST ", StringComparison.Ordinal)),
        code => Assert.StartsWith($"{OwnTickets.Prefix}/tickets/{{id}}", code.Split(' ')[1], StringComparison.Ordinal));

    [Fact]
    public void Every_link_into_the_source_tree_leads_somewhere() =>
        Assert.All(Markdown.LocalLinks(Text), link => Assert.True(Path.Exists(Repository.PathOf($"docs/{link}")), link));

    [GeneratedRegex("<!-- Held by a test. -->(.*)<!-- End of what is held. -->", RegexOptions.Singleline)]
    private static partial Regex Held();
}
