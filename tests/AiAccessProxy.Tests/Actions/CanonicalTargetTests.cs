using System.Text;
using AiAccessProxy.Actions;
using FsCheck;
using FsCheck.Fluent;

namespace AiAccessProxy.Tests.Actions;

public class CanonicalTargetTests
{
    /// <summary>What servers are known to read differently.</summary>
    private static readonly string[] Hostile =
    [
        "/", ".", "..", "%2F", "%2f", "%5C", "%2e", "%2E", "%25", "%252f", "%00", "%0a", "%7F", "%61", "%41", "%c3%a9", "%C3", "%C0%AF", "%40", "%3A", "%3B", ";",
        "%2B", "%zz", "%", "%4", "\\", "|", "\"", "<", ">", "^", "{", "}", "`", "#", " ", "\t", "\0", "é", "[", "]",
    ];

    private static readonly string[] Ordinary =
    [
        "/a", "/v1", "/users", "a", "B", "7", "-", "~", "_", ".x", "%C3%A9", "%E2%80%AE", "%EF%BC%8F", "%20", "%5B", "%7B", "@", ":", "+", "=", "&", "?", "!", "$", "'", "(", ")", "*", ",",
    ];

    private static readonly Gen<string> Targets =
        from length in Gen.Choose(0, 14)
        from pieces in Gen.Frequency((14, Gen.Elements(Ordinary)), (1, Gen.Elements(Hostile))).ArrayOf(length)
        select "/" + string.Concat(pieces).TrimStart('/');

    [Theory]
    [InlineData("/", new[] { "" })]
    [InlineData("/a", new[] { "a" })]
    [InlineData("/a/", new[] { "a", "" })]
    [InlineData("/v1/charges/ch_1:refund", new[] { "v1", "charges", "ch_1:refund" })]
    [InlineData("/users/ada@example.com/%C3%A9t%C3%A9%20x", new[] { "users", "ada@example.com", "été x" })]
    [InlineData("/a?x=/../b//c", new[] { "a" })]
    public void A_path_is_read_segment_by_segment(string raw, string[] segments) =>
        Assert.Equal(segments, Some.Target(raw).Segments.Select(segment => segment.Text));

    [Theory]
    [InlineData("", Ambiguity.TargetForm)]
    [InlineData("*", Ambiguity.TargetForm)]
    [InlineData("http://evil.test/a", Ambiguity.TargetForm)]
    [InlineData("//evil.test/a", Ambiguity.EmptySegment)]
    [InlineData("/a//b", Ambiguity.EmptySegment)]
    [InlineData("/a//", Ambiguity.EmptySegment)]
    [InlineData("//", Ambiguity.EmptySegment)]
    [InlineData("/a/./b", Ambiguity.DotSegment)]
    [InlineData("/a/..", Ambiguity.DotSegment)]
    [InlineData("/a/..?x", Ambiguity.DotSegment)]
    [InlineData("/a/%2e%2e/admin", Ambiguity.NeedlessEscape)]
    [InlineData("/a/.%2E/admin", Ambiguity.NeedlessEscape)]
    [InlineData("/%61dmin", Ambiguity.NeedlessEscape)]
    [InlineData("/users/ada%40example.com", Ambiguity.NeedlessEscape)]
    [InlineData("/admin%2Fdelete", Ambiguity.EncodedSlash)]
    [InlineData("/admin%2fdelete", Ambiguity.EncodedSlash)]
    [InlineData("/admin%5cdelete", Ambiguity.EncodedBackslash)]
    [InlineData("/admin%252fdelete", Ambiguity.DoubleEncoding)]
    [InlineData("/a%00.txt", Ambiguity.EncodedControl)]
    [InlineData("/a%0D%0AX:y", Ambiguity.EncodedControl)]
    [InlineData("/a%7f", Ambiguity.EncodedControl)]
    [InlineData("/a;v=1/b", Ambiguity.PathParameter)]
    [InlineData("/a%3Bv=1/b", Ambiguity.PathParameter)]
    [InlineData("/%zz", Ambiguity.BrokenEscape)]
    [InlineData("/%4", Ambiguity.BrokenEscape)]
    [InlineData("/%", Ambiguity.BrokenEscape)]
    [InlineData("/%c3%a9", Ambiguity.BrokenEscape)]
    [InlineData("/%C3", Ambiguity.InvalidUtf8)]
    [InlineData("/%C0%AF", Ambiguity.InvalidUtf8)]
    [InlineData("/%ED%A0%80", Ambiguity.InvalidUtf8)]
    [InlineData("/a#b", Ambiguity.ForbiddenCharacter)]
    [InlineData("/x\\..\\admin", Ambiguity.ForbiddenCharacter)]
    [InlineData("/a|b", Ambiguity.ForbiddenCharacter)]
    [InlineData("/a b", Ambiguity.ForbiddenCharacter)]
    [InlineData("/é", Ambiguity.ForbiddenCharacter)]
    [InlineData("/a[0]", Ambiguity.ForbiddenCharacter)]
    [InlineData("/a?x=\"y\"", Ambiguity.ForbiddenCharacter)]
    [InlineData("/a?x=%", Ambiguity.BrokenEscape)]
    [InlineData("/a?x=%u0061", Ambiguity.BrokenEscape)]
    [InlineData("/a?x=y%00", Ambiguity.EncodedControl)]
    [InlineData("/a?%FF=1", Ambiguity.InvalidUtf8)]
    [InlineData("/a?x#y", Ambiguity.ForbiddenCharacter)]
    public void What_servers_read_differently_is_refused_by_name(string raw, object kind)
    {
        var refused = Assert.IsType<TargetReading.Refused>(CanonicalTarget.Read(raw));
        Assert.Equal((Ambiguity)kind, refused.Unclear.Kind);
        Assert.NotEmpty(refused.Unclear.Detail);
    }

    [Fact]
    public void A_query_is_read_parameter_by_parameter_with_the_spans_of_its_values()
    {
        var target = Some.Target("/a?match[]=up%7Bx%3D%221%22%7D&x=1+2;y&&flag&=v&match[]=&%C3%A9=%25");

        Assert.Equal(
            [("match[]", "up{x=\"1\"}"), ("x", "1 2;y"), ("flag", ""), ("", "v"), ("match[]", ""), ("é", "%")],
            target.Query.Select(parameter => (parameter.Name, parameter.Value)));
        Assert.Equal(
            ["up%7Bx%3D%221%22%7D", "1+2;y", "", "v", "", "%25"],
            target.Query.Select(parameter => target.Raw.Substring(parameter.ValueStart, parameter.ValueLength)));
    }

    [Theory]
    [InlineData("/pay", 0, "/pay", "pay")]
    [InlineData("/pay", 1, "/", "")]
    [InlineData("/pay/", 1, "/", "")]
    [InlineData("/pay?x=1", 1, "/?x=1", "")]
    [InlineData("/pay/v1/a?x=1", 1, "/v1/a?x=1", "v1|a")]
    [InlineData("/pay/eu/v1/a%20b/?x=1", 2, "/v1/a%20b/?x=1", "v1|a b|")]
    public void A_routes_prefix_is_removed_and_what_is_left_reads_as_if_it_had_come_alone(string raw, int prefix, string left, string segments)
    {
        var rest = Some.Target(raw).Without(prefix);

        Assert.Equal(left, rest.Raw);
        Assert.Equal(segments.Split('|'), rest.Segments.Select(segment => segment.Text));
        Same(Some.Target(left), rest);
    }

    [Fact]
    public void Generated_targets_keep_their_bytes_and_lose_every_prefix_cleanly() => ForEveryAccepted(target =>
    {
        for (var prefix = 0; prefix <= target.Segments.Count; prefix++) Same(Some.Target(target.Without(prefix).Raw), target.Without(prefix));
    });

    [Fact]
    public void Decoding_once_more_never_changes_a_segment() => ForEveryAccepted(target =>
    {
        foreach (var segment in target.Segments)
        {
            Assert.Equal(segment.Text, Uri.UnescapeDataString(segment.Text));
            Assert.DoesNotContain(segment.Text, text => text is '/' or '\\' or ';' or '%' or < ' ' or '\x7f');
            Assert.False(segment.Text is "." or "..");
        }
    });

    [Fact]
    public void The_segments_say_the_path_byte_for_byte_so_two_paths_never_share_them() => ForEveryAccepted(target =>
        // There is a function back: spell the segments again, and the path is there. So reading is injective.
        Assert.Equal(target.Raw.Split('?')[0], string.Concat(target.Segments.Select(segment => "/" + Spell(segment.Text)))));

    [Fact]
    public void Every_single_character_and_escape_is_either_spelled_in_one_way_or_refused()
    {
        var spellings = new Dictionary<string, string>();
        var raws = Enumerable.Range(0, 256).SelectMany(value => new[] { $"/{(char)value}", $"/%{value:X2}", $"/%{value:x2}" }).Distinct();
        var accepted = 0;
        foreach (var raw in raws.Where(raw => !raw.StartsWith("/?", StringComparison.Ordinal)))
        {
            if (CanonicalTarget.Read(raw) is not TargetReading.Read { Target: var target }) continue;
            var text = string.Join('/', target.Segments.Select(segment => segment.Text));
            Assert.True(spellings.TryAdd(text, raw), $"{raw} and {spellings[text]} read the same");
            accepted++;
        }

        Assert.InRange(accepted, 80, 100);
    }

    private static void ForEveryAccepted(Action<CanonicalTarget> holds)
    {
        var accepted = 0;
        var runs = Some.Runs(20_000);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(runs), Prop.ForAll(Targets.ToArbitrary(), raw =>
        {
            if (CanonicalTarget.Read(raw) is not TargetReading.Read { Target: var target }) return;
            Assert.Equal(raw, target.Raw);
            holds(target);
            accepted++;
        }));
        Assert.InRange(accepted, runs / 10, runs * 9 / 10); // both sides are tried
    }

    private static string Spell(string text)
    {
        var spelled = new StringBuilder();
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            if (value < 0x80 && (char.IsAsciiLetterOrDigit((char)value) || "-._~!$&'()*+,=:@".Contains((char)value, StringComparison.Ordinal))) spelled.Append((char)value);
            else spelled.Append(System.Globalization.CultureInfo.InvariantCulture, $"%{value:X2}");
        }

        return spelled.ToString();
    }

    private static void Same(CanonicalTarget expected, CanonicalTarget actual)
    {
        Assert.Equal(expected.Raw, actual.Raw);
        Assert.Equal(expected.Segments, actual.Segments);
        Assert.Equal(expected.Query, actual.Query);
    }
}
