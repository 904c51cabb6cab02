using System.Text;
using AiAccessProxy.Actions;
using AiAccessProxy.Actions.Bodies;

namespace AiAccessProxy.Tests.Actions.Bodies;

public class ContentCodingTests
{
    private const long Limit = 1 << 20;

    private static readonly string[] Documents =
    [
        "{}", """{"amount":1}""", $"[{string.Join(',', Enumerable.Range(0, 3000))}]", new string('a', 100_000), $"\"{new string('é', 500)}\"",
    ];

    public static TheoryData<string> EveryCoding => [.. Compressed.Codings];

    [Theory]
    [MemberData(nameof(EveryCoding))]
    public void What_a_client_compresses_is_decompressed_to_the_byte(string coding)
    {
        foreach (var document in Documents.Select(Encoding.UTF8.GetBytes))
        {
            var decoded = Assert.IsType<Decoding.Decoded>(Decode(coding.ToUpperInvariant(), Compressed.As(coding, document)));
            Assert.Equal(coding, decoded.Coding);
            Assert.Equal(document, decoded.Document.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(EveryCoding))]
    public void A_stream_that_ends_before_or_after_the_body_does_is_no_document(string coding)
    {
        foreach (var document in Documents)
        {
            var whole = Compressed.As(coding, document);
            var step = Math.Max(1, whole.Length / 400);
            for (var length = 1; length < whole.Length; length += length < 50 || length > whole.Length - 50 ? 1 : step)
                Assert.IsType<Decoding.Failed>(Decode(coding, whole[..length]));
            foreach (var tail in new byte[][] { [0], [0x0a], whole, [.. whole, 1], "{}"u8.ToArray(), new byte[5000] })
                Assert.IsType<Decoding.Failed>(Decode(coding, [.. whole, .. tail]));
        }
    }

    [Theory]
    [MemberData(nameof(EveryCoding))]
    public void Changed_bytes_are_refused_or_decode_to_what_others_read(string coding)
    {
        var random = new Random(20261121);
        var accepted = 0;
        var seeds = Documents.Where(document => document.Length < 20_000).Select(document => Compressed.As(coding, document)).ToArray();
        for (var run = 0; run < Some.Runs(1500); run++)
        {
            var body = seeds[random.Next(seeds.Length)].ToArray();
            for (var change = random.Next(0, 4); change > 0; change--) body[random.Next(body.Length)] = (byte)random.Next(256);
            if (Decode(coding, body) is not Decoding.Decoded decoded) continue;
            accepted++;
            Assert.Equal(Compressed.Forgivingly(coding, body), decoded.Document.ToArray());
        }

        Assert.True(accepted > 100, $"{accepted}");
    }

    [Fact]
    public void A_document_that_is_too_large_is_never_decompressed_to_its_end()
    {
        foreach (var coding in Compressed.Codings)
        {
            var bomb = Compressed.As(coding, new byte[40_000_000]);
            Assert.True(bomb.Length < 100_000);
            Assert.IsType<Decoding.TooLarge>(Decode(coding, bomb));
            Assert.IsType<Decoding.Decoded>(Decode(coding, Compressed.As(coding, new byte[Limit])));
            Assert.IsType<Decoding.TooLarge>(Decode(coding, Compressed.As(coding, new byte[Limit + 1])));
        }
    }

    [Fact]
    public void Decompressing_is_bounded_in_time_though_nothing_comes_out()
    {
        // A hundred thousand empty stored blocks, and no last one.
        var nothing = Enumerable.Repeat(new byte[] { 0, 0, 0, 0xff, 0xff }, 100_000).SelectMany(block => block).ToArray();
        var bounds = new DecodingBounds(Limit, TimeSpan.FromTicks(-1));
        Assert.Equal(new Decoding.Failed(DecodingBounds.TookTooLong), DeflateData.Decode("gzip", nothing, bounds));
        Assert.Equal(new Decoding.Failed(DecodingBounds.TookTooLong), BrotliCoding.Decode("br", Compressed.As("br", Documents[3]), bounds));
        Assert.IsType<Decoding.Failed>(DeflateData.Decode("gzip", nothing, new(Limit, TimeSpan.FromMinutes(1))));
    }

    [Theory]
    [InlineData("gzip, gzip")]
    [InlineData("identity, gzip")]
    [InlineData("gzip, identity")]
    [InlineData("gzip,")]
    [InlineData("zstd")]
    [InlineData("compress")]
    [InlineData("aws-chunked")]
    [InlineData("gzip;q=1")]
    [InlineData("g zip")]
    [InlineData("")]
    [InlineData("*")]
    public void A_coding_that_is_not_one_of_those_read_is_none(string coding) =>
        Assert.IsType<Decoding.Failed>(Decode(coding, Compressed.As("gzip", "{}")));

    [Fact]
    public void Two_fields_are_two_codings()
    {
        HeaderField gzip = new("Content-Encoding", "gzip");
        Assert.IsType<Decoding.Failed>(ContentCodings.Decode(Some.Head(headers: [gzip, gzip]), Compressed.As("gzip", "{}"), Limit));
        Assert.IsType<Decoding.Failed>(ContentCodings.Decode(Some.Head(headers: [gzip, gzip with { Value = "identity" }]), Compressed.As("gzip", "{}"), Limit));
    }

    [Fact]
    public void What_is_not_compressed_is_plain()
    {
        Assert.IsType<Decoding.Plain>(ContentCodings.Decode(Some.Head(), "{}"u8.ToArray(), 1));
        Assert.IsType<Decoding.Plain>(Decode("Identity", "{}"u8.ToArray()));
    }

    [Fact]
    public void A_gzip_of_two_members_is_none_since_some_read_the_first_alone()
    {
        byte[] two = [.. Compressed.As("gzip", """{"amount":1,"""), .. Compressed.As("gzip", """ "note":"" }""")];
        Assert.Equal("""{"amount":1, "note":"" }""", Encoding.UTF8.GetString(Compressed.Forgivingly("gzip", two)!));
        Assert.IsType<Decoding.Failed>(Decode("gzip", two));
    }

    [Theory]
    [InlineData(1)] // FTEXT
    [InlineData(2)] // FHCRC
    [InlineData(4)] // FEXTRA
    [InlineData(8)] // FNAME
    [InlineData(16)] // FCOMMENT
    [InlineData(0x80)]
    public void A_gzip_with_more_in_its_header_than_clients_write_is_none(byte flags)
    {
        var body = Compressed.As("gzip", "{}");
        byte[] named = [.. body[..3], flags, .. body[4..10], (byte)'n', 0, .. body[10..]];
        Assert.IsType<Decoding.Failed>(Decode("gzip", named));
    }

    [Fact]
    public void Deflate_is_the_zlib_format_and_nothing_that_bare_readers_could_read_too()
    {
        Assert.IsType<Decoding.Failed>(Decode("deflate", Compressed.As("raw", """{"amount":1}""")));

        // As zlib: a stored block "{}". As bare data: a stored block as long as the first bytes say, and then whatever comes.
        byte[] both = [0x78, 0x01, 0x00, 0xfe, 0xff, .. new byte[300]];
        Assert.Equal(
            new Decoding.Failed("the body can be read as deflate with and without the zlib format"), Decode("deflate", both));
    }

    [Theory]
    [InlineData("{\"amount\":9000}")]
    [InlineData(" \n[{\"amount\":9000}]")]
    [InlineData("/* */{\"amount\":9000,} and more")]
    [InlineData("\uFEFF{\"amount\":9000}")]
    public void What_an_upstream_may_read_as_JSON_without_decompressing_is_no_brotli(string json) =>
        Assert.Equal(
            new Decoding.Failed("the body can be read as JSON without being decompressed"), Decode("br", Encoding.UTF8.GetBytes(json)));

    private static Decoding Decode(string coding, byte[] body) =>
        ContentCodings.Decode(Some.Head(headers: new HeaderField("content-encoding", coding)), body, Limit);
}
