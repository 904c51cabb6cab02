using System.Text;
using AiAccessProxy.Actions;
using AiAccessProxy.Actions.Bodies;

namespace AiAccessProxy.Tests.Actions.Bodies;

/// <summary>Every coding with every media type and every trick: what is told of a body is what an upstream finds that believes its headers, and others find nothing else.</summary>
public class BodyMatrixTests
{
    private static readonly string?[] Codings = [null, "identity", "gzip", "x-gzip", "deflate", "br", "zstd", "gzip, gzip", "identity, gzip"];

    private static readonly (string? Type, string Body)[] Bodies =
    [
        ("application/json", """{"Action":"Read"}"""), ("application/vnd.api+json; charset=utf-8", """{"Action":"Read"}"""), ("application/x-www-form-urlencoded", "Action=Read"),
        ("multipart/form-data; boundary=B", "--B\r\nContent-Disposition: form-data; name=\"Action\"\r\n\r\nRead\r\n--B--\r\n"), ("application/json", "Action=Read"), ("application/x-www-form-urlencoded", """{"Action":"Read"}"""),
        ("text/plain", """{"Action":"Read"}"""), ("text/xml", "<Action>Read</Action>"), ("application/octet-stream", "Action=Read"), (null, "Action=Read"), ("multipart/form-data", "Action=Read"), ("application/json; charset=utf-16", """{"Action":"Read"}"""),
    ];

    private static readonly (string Name, Func<byte[], byte[]> Do)[] Tricks =
    [
        ("as it is", body => body), ("twice", body => [.. body, .. body]), ("a NUL behind", body => [.. body, 0]), ("a line end behind", body => [.. body, 13, 10]), ("a line end before", body => [13, 10, .. body]),
        ("a mark before", body => [0xef, 0xbb, 0xbf, .. body]), ("cut", body => body[..^1]), ("beheaded", body => body[1..]), ("a byte changed", body => [.. body[..(body.Length / 2)], (byte)(body[body.Length / 2] ^ 0x80), .. body[(body.Length / 2 + 1)..]]),
        ("nothing", _ => []), ("in UTF-16", body => Encoding.Unicode.GetBytes(Encoding.Latin1.GetString(body))),
    ];

    [Fact]
    public void What_is_told_of_a_body_is_what_its_headers_make_of_its_bytes()
    {
        var (cases, told) = (0, 0);
        foreach (var coding in Codings)
        {
            foreach (var (type, plain) in Bodies)
            {
                foreach (var (trick, change) in Tricks)
                {
                    cases++;
                    var document = Encoding.UTF8.GetBytes(plain);
                    var isCompressed = Compressed.Codings.Contains(coding);
                    var sent = change(isCompressed ? Compressed.As(coding!, document) : document);
                    told += Check(coding, type, sent, isCompressed ? null : sent, $"{coding}, {type}, {trick}") ? 1 : 0;
                }
            }
        }

        Assert.True(cases > 1000 && told >= 20, $"{told} of {cases}");
    }

    private static bool Check(string? coding, string? type, byte[] sent, byte[]? plain, string what)
    {
        HeaderField[] headers =
            [.. type is null ? Array.Empty<HeaderField>() : [new("Content-Type", type)], .. coding is null ? Array.Empty<HeaderField>() : [new("Content-Encoding", coding)]];
        var head = Some.Head("PUT", headers: headers);
        var body = Assert.IsType<ActionBody.Whole>(Assert.IsType<BodyReading.Read>(WholeBody.Of(head, sent, 1 << 20)).Body);
        Assert.Equal(sent, body.Bytes.ToArray());
        if (body.Facts is BodyFacts.Unreadable or BodyFacts.Empty) return false;

        // Told of what others decompress, and of nothing where they do not know the coding.
        Assert.Equal(plain ?? Compressed.Forgivingly(coding!, sent), body.Document.ToArray());
        Assert.True(coding is null or "identity" || Compressed.Codings.Contains(coding), what);
        var action = new ApiAction(head, body);
        foreach (var field in new[] { "body.Action", "form.Action" })
        {
            if (ActionFields.Read(action, Some.Field(field)) is not FieldReading.Present { Values: [var value] }) continue;
            // A form that is cut, or sent twice, is another form, and is read as that one.
            var read = ((JsonNodeFact.Text)value.Json).Value;
            Assert.StartsWith("Rea", read, StringComparison.Ordinal);
            Assert.Equal(read, Encoding.UTF8.GetString(body.Document.Span.Slice(value.Json.Start, value.Json.Length)).Trim('"'));
            Assert.Equal(field == "body.Action", type!.Contains("json", StringComparison.Ordinal));
            return true;
        }

        return false;
    }
}
