using AiAccessProxy.Policies.Conditions;
using AiAccessProxy.Policies.Files;
using static AiAccessProxy.Policies.Conditions.Truth;
using static AiAccessProxy.Tests.Policies.Conditions.Situation;

namespace AiAccessProxy.Tests.Policies.Conditions;

/// <summary>The whole table: every operator × every source × every situation that a value can be in there.</summary>
public class OperatorTableTests(ITestOutputHelper output)
{
    private static readonly string[] OfJson = ["body", "json", "formjson"];

    /// <summary>An operator as it is written, a value that meets it and one that does not (null: none), as JSON has them.</summary>
    private static readonly (string Written, string Met, string? Missed)[] Operators =
    [
        ("equals: admin", "\"admin\"", "\"user\""), ("equals: 5", "5.0", "6"), ("equals: true", "true", "false"), ("equals: null", "null", null),
        ("in: [owner, admin]", "\"admin\"", "\"user\""), ("in: [4, 5]", "5", "6"), ("contains: min", "\"admin\"", "\"user\""),
        ("starts_with: ad", "\"admin\"", "\"user\""), ("ends_with: min", "\"admin\"", "\"user\""), ("matches: \"[a-m]+in\"", "\"admin\"", "\"user\""),
        ("gt: 5", "6", "5"), ("gte: 5", "5", "4"), ("lt: 5", "4", "5"), ("lte: 5", "5", "6"),
        ("exists: true", "\"admin\"", null), ("exists: false", "\"admin\"", null),
        ("any: { equals: admin }", "\"admin\"", "\"user\""), ("all: { equals: admin }", "\"admin\"", "\"user\""),
        ("any: { gt: 5 }", "6", "5"), ("all: { lte: 5 }", "5", "6"),
    ];

    public static TheoryData<string> Written => [.. Operators.Select(one => one.Written)];

    [Fact]
    public void Every_operator_of_the_language_is_in_it() =>
        Assert.Equal(OperatorReader.Known.Order(), Operators.Select(one => one.Written.Split(':')[0]).Distinct().Order());

    [Theory]
    [MemberData(nameof(Written))]
    public void Each_cell_is_what_the_language_promises(string written)
    {
        var (_, met, missed) = Operators.Single(one => one.Written == written);
        var cells = 0;
        foreach (var source in Call.Sources)
        {
            // Null is of JSON alone: what is compared with it elsewhere is refused.
            if (written == "equals: null" && !OfJson.Contains(source)) continue;
            foreach (var situation in Enum.GetValues<Situation>())
            {
                if (In(source, situation, written, met) is not { } call) continue;
                cells++;
                Assert.True(Judged(written, call) == Promised(written, situation), $"{written} of {call} is {Judged(written, call)}");
            }

            if (missed is not null) Assert.True(Judged(written, Call.With(source, missed)) == False, $"{written} of {missed} in {source}");
        }

        output.WriteLine($"{cells} cells");
        Assert.True(cells >= (written == "equals: null" ? 15 : 29), $"{cells}");
    }

    /// <summary>What the language says, whatever the source.</summary>
    private static Truth Promised(string written, Situation situation) => (situation, written.Split(':')[0]) switch
    {
        (Unreadable, _) => Unknown,
        (Absent, "exists") => written.EndsWith("false", StringComparison.Ordinal) ? True : False,
        (_, "exists") => written.EndsWith("false", StringComparison.Ordinal) ? False : True,
        (Absent, _) => False,
        (Present, _) => True,
        (Null, _) => written == "equals: null" ? True : Unknown,
        // Each of them meets it.
        (Repeated, "any" or "all") => True,
        _ => Unknown,
    };

    /// <summary>A call with the field in that situation; null where the source knows no such thing.</summary>
    private static string? In(string source, Situation situation, string written, string met)
    {
        var text = met.Trim('"');
        return (situation, source) switch
        {
            (Present, _) => Call.With(source, met),
            // A rule's own pattern names the segment, so it is there, once; its other readings are judged one by one (ReadingsTests).
            (Absent or Repeated or Unreadable, "path") => null,
            (Absent, "query" or "form") => $"{source}:w={text}",
            (Absent, "header") => "header:",
            (Absent, _) => $"{source}:{{}}",
            (Null, _) => OfJson.Contains(source) ? Call.With(source, "null") : null,
            (WrongType, _) when OfJson.Contains(source) => Call.With(source, "{}"),
            // A text without a type is one to every operator on texts, and there to every exists.
            (WrongType, _) => IsOfTexts(written) ? null : Call.With(source, "x"),
            (Repeated, "query" or "form") => $"{source}:v={text}&v={text}",
            (Repeated, "header") => $"header:{text}|{text}",
            (Repeated, "body") => $"body:{{\"v\":[{met},{met}]}}",
            (Repeated, _) => $"{source}:{{\"v\":{met}}}||{{\"v\":{met}}}",
            (Unreadable, "query") => "query:V=1",
            (Unreadable, "header") => "header:empty",
            (Unreadable, "form") => "form:v=%zz",
            (Unreadable, _) => $"{source}:{{",
            _ => throw new ArgumentOutOfRangeException(nameof(situation)),
        };
    }

    private static bool IsOfTexts(string written) => Operators.Single(one => one.Written == written).Met.StartsWith('"');

    private static Truth Judged(string written, string call)
    {
        var policy = Some.Policy($"- {{ id: one, effect: deny, match: {{ paths: [\"/x/{{v}}\"], where: [{{ field: {Call.Field(call)}, {written} }}] }} }}");
        return Some.Decided(policy, Call.Of(call)).Decision.Rules switch
        {
            [] => False,
            [{ Unknown: true }] => Unknown,
            _ => True,
        };
    }
}
