using System.Text.Json;
using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Conditions;
using AiAccessProxy.Policies.Files;
using AiAccessProxy.Tests.Policies.Conditions;

namespace AiAccessProxy.Tests.Documentation;

/// <summary>The tables of truths in docs/policy.md are what the evaluator says, cell by cell.</summary>
public class PolicyTruthTests
{
    /// <summary>Values of every type, to find those that an operator's own values are not of.</summary>
    private static readonly string[] Typed = ["\"text\"", "5", "true", "{}", "[\"text\"]"];

    private static readonly IReadOnlyList<string[]> Rows = [.. Table("operator").Skip(1)];

    public static TheoryData<string> Operators => [.. Rows.Select(row => row[0])];

    [Fact]
    public void Every_operator_has_a_row() => Assert.Equal(
        OperatorReader.Known.Order(), Rows.Select(row => row[0].Trim('`').Split(':')[0]).Distinct().Order());

    [Theory]
    [MemberData(nameof(Operators))]
    public void Each_cell_of_an_operator_is_what_it_comes_to(string name)
    {
        var row = Rows.Single(row => row[0] == name);
        var written = name.Trim('`');
        var (met, missed) = (Markdown.Code(row[1]), Markdown.Code(row[2]));
        Assert.NotEmpty(met.Concat(missed));

        foreach (var call in met.SelectMany(Holding)) Holds("true", written, call);
        foreach (var call in missed.SelectMany(Holding)) Holds("false", written, call);
        foreach (var call in new[] { "body:{}", "body:none", "json:{}", "json:null", "formjson:{}", "query:w=1", "header:", "form:w=1" }) Holds(row[3], written, call);
        foreach (var call in new[] { "body", "json", "formjson" }) Holds(row[4], written, $"{call}:{{\"v\":null}}");
        foreach (var call in OfAnotherType(met.Concat(missed).First(), written)) Holds(row[5], written, call);
        Several(row[6], written, met.Concat(missed).First());
        foreach (var call in new[] { "body:{", "body:{\"v\":1,\"v\":1}", "body:{\"V\":1}", "body:[]", "streamed:", "json:{", "formjson:{", "header:empty", "query:V=1", "form:V=1", "form:v=%zz" }) Holds(row[7], written, call);
    }

    [Fact]
    public void Each_row_of_several_values_is_what_any_and_all_come_to()
    {
        var table = Table("values");
        Assert.True(table.Count > 10);
        foreach (var row in table.Skip(1))
        {
            var (source, value) = row[0].Trim('`').Split(": ", 2) is [var first, var second] ? (first, second) : throw new ArgumentException(row[0]);
            var call = source switch { "body" => $"body:{{\"v\":{value}}}", "header" => $"header:{value}", _ => $"{source}:{value}" };
            Holds(row[1], table[0][1].Trim('`'), call);
            Holds(row[2], table[0][2].Trim('`'), call);
        }
    }

    [Fact]
    public void What_it_says_of_three_truths_is_so()
    {
        foreach (var row in Table("").Skip(1))
        {
            Truth[] values = [.. row[0].Split(", ").Select(Of)];
            if (row[1].Length > 0) Assert.Equal(Of(row[1]), Kleene.And(values, value => value));
            if (row[2].Length > 0) Assert.Equal(Of(row[2]), Kleene.Or(values, value => value));
            if (row[3].Length > 0) Assert.Equal(Of(row[3]), Kleene.Not(values[0]));
        }
    }

    /// <summary>Calls that hold the value: in JSON, and where it can be written so also in the places that know only texts.</summary>
    private static IEnumerable<string> Holding(string value)
    {
        var texts = JsonDocument.Parse(value).RootElement is { ValueKind: JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } and var one && $"{one}".Length > 0;
        return new[] { "body", "json", "formjson" }.Concat(texts ? ["query", "header", "form"] : []).Select(source => Call.With(source, value));
    }

    private static IEnumerable<string> OfAnotherType(string met, string written)
    {
        var own = JsonDocument.Parse(met).RootElement.ValueKind;
        var isOverMany = written.StartsWith("any", StringComparison.Ordinal) || written.StartsWith("all", StringComparison.Ordinal);
        return Typed.Where(value => JsonDocument.Parse(value).RootElement.ValueKind is var kind && kind != own && !(isOverMany && kind == JsonValueKind.Array))
            .SelectMany(value => new[] { Call.With("body", value), Call.With("formjson", value) });
    }

    private static void Several(string cell, string written, string met)
    {
        if (cell == "each") return; // told by the table of several values
        if (cell.Length == 0)
        {
            Assert.IsType<PolicyLoad.Refused>(Load(written, "query.v"));
            return;
        }

        var text = met.Trim('"');
        foreach (var call in new[] { $"header:{text}|{text}", $"header:{text},{text}", $"form:v={text}&v={text}", $"query:v={text}&v={text}", $"json:{{\"v\":{met}}}||{{\"v\":{met}}}", $"formjson:{{\"v\":{met}}}||{{\"v\":{met}}}" }) Holds(cell, written, call);
    }

    private static void Holds(string cell, string written, string call)
    {
        // Null is of JSON alone.
        if (Load(written, Call.Field(call)) is not PolicyLoad.Loaded { Snapshot: var policy })
        {
            Assert.Equal("equals: null", written);
            return;
        }

        var decision = Some.Decided(policy, Call.Of(call)).Decision;
        var truth = decision.Rules is not [var rule] ? Truth.False : rule.Unknown ? Truth.Unknown : Truth.True;
        Assert.True(Of(cell) == truth, $"{written} of {call} is {truth}, and not {cell}");
    }

    private static PolicyLoad Load(string written, string field) => Some.Load(("api.yaml", Some.RouteYaml(
        $"- {{ id: one, effect: deny, match: {{ paths: [\"/x/{{v}}\"], where: [{{ field: {field}, {written} }}] }} }}")));

    private static Truth Of(string cell) => Enum.Parse<Truth>(cell, ignoreCase: true);

    private static IReadOnlyList<string[]> Table(string head) => Markdown.Tables(PolicyExamples.Page).Single(table => table[0][0] == head);
}
