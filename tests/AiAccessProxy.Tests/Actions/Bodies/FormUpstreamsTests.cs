using System.Text;
using AiAccessProxy.Actions;
using AiAccessProxy.Actions.Bodies;
using FsCheck;
using FsCheck.Fluent;

namespace AiAccessProxy.Tests.Actions.Bodies;

/// <summary>Generated forms that hide an action: either nothing can be told of it, or every upstream reads what the rules read.</summary>
public class FormUpstreamsTests
{
    private static readonly string[] Names =
    [
        "Action", "Action", "Action", "action", "ACTION", "%41ction", "Act%69on", "Action%00", "+Action", "%20Action", " Action", "Action+", "Action[]", "Action[0]", "Action%5B%5D", "Action.x",
        "a.b", "a_b", "a+b", "a[b", "a[b]", "\u017fction", "%C5%BF", "Other", "_charset_", "", "Acti\u00f6n",
    ];

    private static readonly string[] Values =
    [
        "Read", "Read", "Delete", "Delete", "%44elete", "", "Read;Action=Delete", "Read%26Action=Delete", "Read%3BAction=Delete", "a=b", "%zz", "%", "%C3", "%C3%A9", "Re%00ad", "a+b", "a b", "utf-16", "utf-8",
        "Read\nAction=Delete", "Read\0", "%2544elete", "+Delete", "%FF",
    ];

    private static readonly Gen<byte[]> UrlEncoded =
        from pairs in (from name in Gen.Elements(Names)
                       from sign in Gen.Elements("=", "=", "=", "=", "", "==", "%3D")
                       from value in Gen.Elements(Values)
                       select $"{name}{sign}{value}").ArrayOf(3)
        from count in Gen.Choose(1, 3)
        from separator in Gen.Elements("&", "&", "&", ";", "&&", "&amp;", "\n", "?")
        from ends in Gen.Elements(("", ""), ("", ""), ("&", ""), ("", "&"), ("?", ""), ("", "\r\n"), ("\uFEFF", ""))
        select Encoding.UTF8.GetBytes(ends.Item1 + string.Join(separator, pairs.Take(count)) + ends.Item2);

    private static readonly string[] Dispositions =
    [
        "form-data; name=\"Action\"", "form-data; name=\"Action\"", "form-data; name=Action", "Form-Data;name=\"Action\"", "form-data; name=\"action\"", "form-data; name=\"Other\"", "form-data; name=\"Other\"",
        "form-data; name=\"Other\"; name=\"Action\"", "form-data; name=\"Action\"; filename=\"x\"", "form-data; name=\"Action\"; filename=\"\"", "form-data; filename*=utf-8''x; name=\"Action\"",
        "form-data; name*=utf-8''Action", "form-data; name=\"Other\"; name*=utf-8''Action", "form-data; name=\"Act\\ion\"", "form-data; name=\"Action\\\"", "form-data; name=\"A%63tion\"",
        "form-data; name=\"Oth\"er\"; x=\"\"", "form-data; name='Action'", "form-data; name = \"Action\"", "form-data; name=\"Action\";", "form-data; NAME=\"Action\"", "attachment; name=\"Action\"", "form-data",
        "form-data; name=\"Action\r\n x\"", "form-data;\r\n name=\"Action\"", "form-data; name=\"Other\"; filename=\"; name=Action\"", "form-data; name=\"Action \"", "form-data; name=\"Other\"; filename=\"name=Action\"", "form-data; name=\"Other\"; filename=\"a name = Action\"", "form-data; name=\"name=Action\"", "form-data; name=\"\u00c4ction\"",
    ];

    private static readonly string[] PartLines =
    [
        "", "", "", "Content-Type: text/plain\r\n", "Content-Type: text/plain; charset=utf-16\r\n", "Content-Type: application/octet-stream\r\n", "Content-Type: application/json\r\n",
        "Content-Type: multipart/mixed; boundary=C\r\n", "Content-Transfer-Encoding: base64\r\n", "Content-Transfer-Encoding: binary\r\n", "Content-Disposition: form-data; name=\"Action\"\r\n", "Content-Length: 4\r\n",
        "X: y\r\n", "\r\n", "Content-Type: text/plain\n", ": x\r\n",
    ];

    private static readonly string[] PartValues =
    [
        "Read", "Read", "Delete", "Delete", "", "RGVsZXRl", "--B", "\r\n--Bx\r\nContent-Disposition: form-data; name=\"Action\"\r\n\r\nDelete", "\n--B\nContent-Disposition: form-data; name=\"Action\"\n\nDelete",
        "\r\n--B \r\nContent-Disposition: form-data; name=\"Action\"\r\n\r\nDelete", "\r\n--B--\r\n", "a\0b", "\u00e9", "\r\n", "--", "\uFEFFRead",
        "\r\n--C\r\nContent-Disposition: form-data; name=\"Action\"\r\n\r\nDelete\r\n--C--", "--C\r\nContent-Disposition: form-data; name=\"Action\"\r\n\r\nDelete\r\n--C--\r\n",
    ];

    private static readonly string[] Types =
    [
        "multipart/form-data; boundary=B", "multipart/form-data; boundary=B", "multipart/form-data; boundary=B", "multipart/form-data; boundary=\"B\"", "Multipart/Form-Data; Boundary=B", "multipart/form-data; boundary=B; charset=utf-8",
        "multipart/form-data; boundary=B; boundary=C", "multipart/form-data; boundary=B,C", "multipart/form-data; boundary=\"B C\"", "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data;boundary=B;",
        "multipart/form-data; charset=utf-16; boundary=B", "multipart/form-data; x=\"; boundary=C\"; boundary=B",
        "multipart/form-data; xboundary=C; boundary=B", "multipart/form-data; x=\"boundary=C\"; boundary=B", "multipart/form-data; boundary*=C; boundary=B", "multipart/form-data; x=Boundary; boundary=B",
    ];

    private static readonly Gen<(string Type, byte[] Body)> Multipart =
        from type in Mostly("multipart/form-data; boundary=B", Types)
        from parts in (from disposition in Mostly("form-data; name=\"Action\"", Dispositions)
                       from more in Mostly("", PartLines)
                       from value in Mostly("Read", PartValues)
                       select $"Content-Disposition: {disposition}\r\n{more}\r\n{value}").ArrayOf(3)
        from count in Gen.Choose(1, 3)
        from line in Mostly("\r\n", "\n", " \r\n", "x\r\n")
        from preamble in Mostly("", "\r\n", "x\r\n", "--C\r\nContent-Disposition: form-data; name=\"Action\"\r\n\r\nDelete\r\n")
        from end in Mostly(
            "--\r\n", "--", "", "-", "--\r\nepilogue", "--\r\n--B\r\nContent-Disposition: form-data; name=\"Action\"\r\n\r\nDelete\r\n--B--", "\r\n")
        select (type, Encoding.UTF8.GetBytes(preamble + string.Concat(parts.Take(count).Select(part => $"--B{line}{part}\r\n")) + "--B" + end));

    [Fact]
    public void Every_upstream_reads_the_field_of_a_urlencoded_form_that_the_rules_read()
    {
        var (told, runs) = (0, Some.Runs(6000));
        Check.One(Some.Seeded(6000, 20261121), Prop.ForAll(UrlEncoded.ToArbitrary(), body =>
            told += Agree("application/x-www-form-urlencoded", body, UpstreamForm.UrlEncoded(body)) ? 1 : 0));
        TestContext.Current.TestOutputHelper?.WriteLine($"{told} of {runs} could be told");
        Assert.True(told > runs / 20, $"{told} of {runs} could be told");
    }

    [Fact]
    public void Every_upstream_reads_the_field_of_a_multipart_form_that_the_rules_read()
    {
        var (told, runs) = (0, Some.Runs(6000));
        Check.One(Some.Seeded(6000, 20261122), Prop.ForAll(Multipart.ToArbitrary(), sent =>
            told += Agree(sent.Type, sent.Body, UpstreamForm.Multipart(sent.Type, sent.Body)) ? 1 : 0));
        TestContext.Current.TestOutputHelper?.WriteLine($"{told} of {runs} could be told");
        Assert.True(told > runs / 30, $"{told} of {runs} could be told");
    }

    private static bool Agree(string type, byte[] body, IEnumerable<(string Model, IReadOnlyList<(string Name, string Value)> Fields)> models)
    {
        var head = Some.Head("POST", headers: new HeaderField("Content-Type", type));
        var whole = (ActionBody.Whole)Assert.IsType<BodyReading.Read>(WholeBody.Of(head, body, 1 << 20)).Body;
        var anything = false;
        foreach (var name in new[] { "Action", "a_b", "a.b" })
        {
            var reading = ActionFields.Read(new(head, whole), new(FieldSource.Form, [new(name)], name));
            // Several values are unknown to every operator but any and all, which ask each of them.
            if (reading is FieldReading.Unreadable or FieldReading.Present { Values.Count: > 1 }) continue;
            anything = true;
            var told = reading is FieldReading.Present { Values: [var only] } ? ((JsonNodeFact.Text)only.Json).Value : null;
            foreach (var (model, fields) in models)
            {
                var key = model.StartsWith("in any case", StringComparison.Ordinal) ? name.ToLowerInvariant() : model.StartsWith("as PHP", StringComparison.Ordinal) ? name.Replace('.', '_') : name;
                var read = fields.Where(field => field.Name == key).Select(field => field.Value).ToList();
                // Whoever reads it at all reads this; whoever does not read UTF-8 reads it in another charset.
                Assert.True(told is null ? read.Count == 0 : read.Count == 0 || read.All(value => value == told || !System.Text.Ascii.IsValid(told)),
                    $"{model} reads {name} as {string.Join(" | ", read)} where the rules read {told ?? "nothing"}: {type}: {Encoding.UTF8.GetString(body)}");
            }
        }

        return anything && whole.Facts is BodyFacts.Form;
    }

    /// <summary>One trick at a time is more than many together: those are refused for the first of them.</summary>
    private static Gen<string> Mostly(string plain, params string[] tricks) => Gen.Frequency((5, Gen.Constant(plain)), (2, Gen.Elements(tricks)));
}
