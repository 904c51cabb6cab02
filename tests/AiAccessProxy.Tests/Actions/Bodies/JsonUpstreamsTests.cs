using System.Globalization;
using System.Text;
using AiAccessProxy.Actions;
using AiAccessProxy.Policies.Conditions;
using FsCheck;
using FsCheck.Fluent;

namespace AiAccessProxy.Tests.Actions.Bodies;

/// <summary>Generated documents that hide an amount: either nothing can be told of it, or every upstream reads what the rules read.</summary>
public class JsonUpstreamsTests
{
    private static readonly string[] Names =
    [
        "\"amount\"", "\"amount\"", "\"amount\"", "\"Amount\"", "\"AMOUNT\"", "\"\\u0061mount\"", "\"am\\u006Funt\"", "'amount'", "amount", "\"amount \"", "\"amount\\u0000\"",
        "\"other\"", "\"note\"", "\"k\"", "\"\\u212a\"", "\"amo\\ud800unt\"", "\"__proto__\"", "\"\"",
    ];

    private static readonly string[] Values =
    [
        "5", "20000", "20000", "2e4", "20000.0", "19999.99999999999999999", "1e999", "1e-999", "-5", "05", "0x10", "+5", "NaN", "Infinity", "\"5\"", "\"20000\"",
        "'5'", "null", "true", "True", "{}", "[]", "[5]", "{\"amount\":5}", "{\"amount\":5,\"amount\":6}", "\"\\ud800\"", "\"/*\"", "\"*/\"", "\"\n\"", "",
        "\"{\\\"amount\\\":9}\"",
    ];

    private static readonly string[] Between = ["", "", "", "", "", "", "", " ", "\n", "\t", "/**/", "// x\n", "# y\n", "\uFEFF", "\u00a0", "\0", ",", "\v"];

    private static readonly string[] Behind = ["", "", "", "", "", "", "", " ", "\n", "{\"amount\":7}", "x", "\0", ",", "}", "//", "\u001e{\"amount\":7}"];

    private static readonly Encoding[] Wires = [new UTF8Encoding(false), new UTF8Encoding(false), new UTF8Encoding(false), Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.Latin1];

    private static readonly Gen<string> Members =
        from count in Gen.Choose(0, 3)
        from members in (from name in Gen.Elements(Names)
                         from value in Gen.Elements(Values)
                         from space in Gen.Elements(Between)
                         select $"{space}{name}:{space}{value}").ArrayOf(count)
        from comma in Gen.Elements(",", ",", ",", ",", ",", ",,", ";", " ")
        select string.Join(comma, members);

    private static readonly Gen<byte[]> Bodies =
        from before in Gen.Elements(Between)
        from members in Members
        from trailing in Gen.Elements("", "", "", ",")
        from behind in Gen.Elements(Behind)
        from wire in Gen.Elements(Wires)
        select wire.GetBytes($"{before}{{{members}{trailing}}}{behind}");

    [Fact]
    public void Every_upstream_reads_the_amount_that_the_rules_read()
    {
        var told = 0;
        var runs = Some.Runs(6000);
        Check.One(Some.Seeded(6000, 20261123), Prop.ForAll(Bodies.ToArbitrary(), body =>
        {
            var reading = ActionFields.Read(Some.Action(body: Some.Body(body)), Some.Field("body.amount"));
            if (reading is FieldReading.Unreadable) return;
            told++;
            foreach (var (model, read) in Models(body))
                Assert.True(IsSame(reading, read), $"{model} reads {read} where the rules read {reading}: {Encoding.UTF8.GetString(body)}");
        }));
        Assert.True(told > runs / 30, $"{told} of {runs} could be told");
    }

    private static IEnumerable<(string Model, string? Read)> Models(byte[] body)
    {
        foreach (var encoding in new[] { Encoding.UTF8, Encoding.Latin1, Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            if (UpstreamJson.Members(body, encoding) is not { } members) continue;
            var exact = members.Where(member => member.Name == "amount").Select(member => member.Value).ToList();
            var folded = members.Where(member => CutAtNul(member.Name).Equals("amount", StringComparison.OrdinalIgnoreCase)).Select(member => member.Value).ToList();
            yield return ($"first in {encoding.WebName}", exact.FirstOrDefault());
            yield return ($"last in {encoding.WebName}", exact.LastOrDefault());
            yield return ($"first in any case in {encoding.WebName}", folded.FirstOrDefault());
            yield return ($"last in any case in {encoding.WebName}", folded.LastOrDefault());
        }
    }

    private static string CutAtNul(string name) => name.Split('\0')[0];

    private static bool IsSame(FieldReading reading, string? read)
    {
        if (reading is FieldReading.Absent) return read is null;
        var value = ((FieldReading.Present)reading).Values.Single().Json;
        return value switch
        {
            JsonNodeFact.Number number => read is not null && double.TryParse(read, CultureInfo.InvariantCulture, out var rounded)
                && double.IsFinite(rounded)
                && ExactNumber.Parse(number.Lexeme)!.CompareTo(ExactNumber.Parse(rounded.ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal))) == 0,
            JsonNodeFact.Text text => read == text.Value,
            JsonNodeFact.Boolean boolean => read == (boolean.Value ? "true" : "false"),
            JsonNodeFact.Null => read == "null",
            JsonNodeFact.Array => read == "(list)",
            _ => read == "(more)",
        };
    }
}
