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
    [InlineData("//", Ambiguity.EmptySegment)]
    [InlineData("/a/./b", Ambiguity.DotSegment)]
    [InlineData("/a/..", Ambiguity.DotSegment)]
    [InlineData("/a/..?x", Ambiguity.DotSegment)]
    [InlineData("/a/%2e%2e/admin", Ambiguity.NeedlessEscape)]
    [InlineData("/a/.%2E/admin", Ambiguity.NeedlessEscape)]
    [InlineData("/%61dmin", Ambiguity.NeedlessEscape)]
    [InlineData("/a%00.txt", Ambiguity.EncodedControl)]
    [InlineData("/a%0D%0AX:y", Ambiguity.EncodedControl)]
    [InlineData("/a%7f", Ambiguity.EncodedControl)]
    [InlineData("/%zz", Ambiguity.BrokenEscape)]
    [InlineData("/%4", Ambiguity.BrokenEscape)]
    [InlineData("/%", Ambiguity.BrokenEscape)]
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
    [InlineData("/%u0061dmin", Ambiguity.BrokenEscape)]
    [InlineData("/x/%2D", Ambiguity.NeedlessEscape)]
    [InlineData("/%5f/x", Ambiguity.NeedlessEscape)]
    [InlineData("/%C2%85", Ambiguity.EncodedControl)]
    [InlineData("/%E0%80%AF", Ambiguity.InvalidUtf8)]
    [InlineData("/x/...", Ambiguity.DotSegment)]
    [InlineData("/x/..%20/admin", Ambiguity.DotSegment)]
    [InlineData("/x/%20.%20./admin", Ambiguity.DotSegment)]
    [InlineData("/x/%EF%BC%8E%EF%BC%8E/admin", Ambiguity.DotSegment)]
    [InlineData("/x/%E2%80%A5/admin", Ambiguity.DotSegment)]
    [InlineData("/x/.%E2%80%8B./admin", Ambiguity.DotSegment)]
    [InlineData("/x/..;/admin", Ambiguity.DotSegment)]
    [InlineData("/x/..;v=1/admin", Ambiguity.DotSegment)]
    [InlineData("/x/..%3Bv=1/admin", Ambiguity.DotSegment)]
    [InlineData("/x/..%EF%BC%9B/admin", Ambiguity.DotSegment)]
    [InlineData("/x/..%2Fadmin", Ambiguity.DotSegment)]
    [InlineData("/x/a%2f..%2fadmin", Ambiguity.DotSegment)]
    [InlineData("/x/..%5Cadmin", Ambiguity.DotSegment)]
    [InlineData("/x/a%5c..", Ambiguity.DotSegment)]
    [InlineData("/x/%252e%252e/admin", Ambiguity.DotSegment)]
    [InlineData("/x/%252E./admin", Ambiguity.DotSegment)]
    [InlineData("/x/..%252fadmin", Ambiguity.DotSegment)]
    [InlineData("/x/..%255Cadmin", Ambiguity.DotSegment)]
    [InlineData("/x/..%253Bv/admin", Ambiguity.DotSegment)]
    [InlineData("/x/..%3Fy", Ambiguity.DotSegment)]
    [InlineData("/x/..%23y", Ambiguity.DotSegment)]
    [InlineData("/x/..%253Fy", Ambiguity.DotSegment)]
    [InlineData("/x/%25u002e%25u002e/admin", Ambiguity.DotSegment)]
    [InlineData("/x/..%EF%BC%8Fadmin", Ambiguity.DotSegment)]
    [InlineData("/x/..%E2%88%95admin", Ambiguity.DotSegment)]
    [InlineData("/x/%EF%BC%852e%EF%BC%852e/admin", Ambiguity.DotSegment)]
    [InlineData("/x/%2500", Ambiguity.EncodedControl)]
    [InlineData("/x/a%250d%250ab", Ambiguity.EncodedControl)]
    [InlineData("/x/%25C0%25AF", Ambiguity.InvalidUtf8)]
    [InlineData("/x/%25252F", Ambiguity.DoubleEncoding)]
    public void What_no_server_should_be_sent_is_refused_by_name(string raw, object kind)
    {
        var refused = Assert.IsType<TargetReading.Refused>(CanonicalTarget.Read(raw));
        Assert.Equal((Ambiguity)kind, refused.Unclear.Kind);
        Assert.NotEmpty(refused.Unclear.Detail);
    }

    [Theory]
    [InlineData("/projects/a%2Fb", Ambiguity.EncodedSlash, "projects|a/b", "projects|a|b")]
    [InlineData("/projects/a%2fb/c", Ambiguity.EncodedSlash, "projects|a/b|c", "projects|a|b|c")]
    [InlineData("/x/a%5Cb", Ambiguity.EncodedBackslash, "x|a\\b", "x|a|b")]
    [InlineData("/x/a%252Fb", Ambiguity.DoubleEncoding, "x|a%2Fb", "x|a/b", "x|a|b")]
    [InlineData("/x/%2561", Ambiguity.DoubleEncoding, "x|%61", "x|a")]
    [InlineData("/x/100%25", Ambiguity.DoubleEncoding, "x|100%")]
    [InlineData("/x/a%3Fb/c", Ambiguity.DoubleEncoding, "x|a?b|c", "x|a")]
    [InlineData("/x/a%23b", Ambiguity.DoubleEncoding, "x|a#b", "x|a")]
    [InlineData("/a//b", Ambiguity.EmptySegment, "a||b", "a|b")]
    [InlineData("/a//", Ambiguity.EmptySegment, "a||", "a|")]
    [InlineData("/a;v=1/b", Ambiguity.PathParameter, "a;v=1|b", "a|b")]
    [InlineData("/a%3Bv=1/b", Ambiguity.PathParameter, "a;v=1|b", "a|b")]
    [InlineData("/;v=1/b", Ambiguity.PathParameter, ";v=1|b", "|b", "b")]
    public void What_servers_read_differently_is_a_doubt_with_all_that_they_may_read(string raw, object kind, string literal, params string[] others)
    {
        var target = Some.Target(raw);

        Assert.Equal((Ambiguity)kind, Assert.Single(target.Doubts).Kind);
        Assert.NotEmpty(target.Doubts[0].Detail);
        Assert.Equal(literal, string.Join('|', target.Segments.Select(segment => segment.Text)));
        Assert.Equal(others.Order(), target.Readings.Select(reading => string.Join('|', reading.Segments.Select(segment => segment.Text))).Distinct().Order());
        Assert.All(target.Readings, reading => Assert.Contains((Ambiguity)kind, reading.Kinds));
    }

    [Fact]
    public void Look_alikes_of_separators_have_readings_without_a_doubt()
    {
        var target = Some.Target("/files/a%EF%BC%8Fb");

        Assert.Empty(target.Doubts);
        Assert.Contains("files|a|b", target.Readings.Select(reading => string.Join('|', reading.Segments.Select(segment => segment.Text))));
    }

    [Fact]
    public void Every_doubt_is_noted_once()
    {
        var target = Some.Target("/a%2Fb%2fc//d;e%3Bf//g%5Ch%25i");
        Assert.Equal(
            [Ambiguity.EncodedSlash, Ambiguity.EmptySegment, Ambiguity.PathParameter, Ambiguity.EncodedBackslash, Ambiguity.DoubleEncoding],
            target.Doubts.Select(doubt => doubt.Kind));
    }

    [Fact]
    public void A_host_that_appears_once_the_prefix_is_removed_is_never_accepted()
    {
        var rest = Some.Target("/pay//evil.test/a").Without(1);

        Assert.Equal("//evil.test/a", rest.Raw);
        Assert.DoesNotContain(rest.Doubts[0].Kind, OptIns.ByName.Values);
    }

    [Fact]
    public void Whatever_the_spelling_there_are_few_readings_and_they_are_found_quickly()
    {
        var hostile = new Random(1);
        foreach (var length in new[] { 10, 100, 2_000 })
        {
            var raw = "/" + string.Concat(Enumerable.Range(0, length).Select(_ => hostile.GetItems(["/", "a", ";", "%2F", "%5C", "%253B", "%255C", "%3F", "%EF%BC%8F", "%252F"], 1)[0])).TrimStart('/');
            if (CanonicalTarget.Read(raw) is TargetReading.Read read) Assert.InRange(read.Target.Readings.Count, 1, 128);
        }
    }

    [Theory]
    [InlineData("/a?match[]=up{job=%22x%22}", "match[]", "up{job=\"x\"}")]
    [InlineData("/a?titles=A|B", "titles", "A|B")]
    [InlineData("/a?q=a^b`c\\d", "q", "a^b`c\\d")]
    public void What_clients_leave_unescaped_in_a_query_is_data(string raw, string name, string value)
    {
        var parameter = Assert.Single(Some.Target(raw).Query);
        Assert.Equal((name, value), (parameter.Name, parameter.Value));
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
        for (var prefix = 0; prefix <= target.Segments.Count; prefix++)
        {
            var rest = target.Without(prefix);
            if (rest.Raw.StartsWith("//", StringComparison.Ordinal)) Assert.DoesNotContain(rest.Doubts[0].Kind, OptIns.ByName.Values);
            else Same(Some.Target(rest.Raw), rest);
        }
    });

    [Fact]
    public void Where_there_is_no_doubt_decoding_once_more_changes_nothing() => ForEveryAccepted(target =>
    {
        foreach (var segment in target.Segments)
        {
            Assert.DoesNotContain(segment.Text, text => text is < ' ' or '\x7f');
            Assert.False(segment.Text is "." or "..");
            if (target.Doubts.Count > 0) continue;
            Assert.Equal(segment.Text, Uri.UnescapeDataString(segment.Text));
            Assert.DoesNotContain(segment.Text, text => text is '/' or '\\' or ';' or '%' or '?' or '#');
        }
    });

    [Fact]
    public void Segments_spelled_again_are_read_the_same() => ForEveryAccepted(target =>
    {
        var again = CanonicalTarget.Read(string.Concat(target.Segments.Select(segment => "/" + Spell(segment.Text))));
        Assert.Equal(target.Segments.Select(segment => segment.Text), Assert.IsType<TargetReading.Read>(again).Target.Segments.Select(segment => segment.Text));
    });

    [Fact]
    public void Every_single_character_and_escape_is_itself_or_refused()
    {
        var accepted = 0;
        foreach (var value in Enumerable.Range(0, 256).Where(value => value is not ('?' or '/')))
        {
            foreach (var raw in new[] { $"/x{(char)value}", $"/x%{value:X2}", $"/x%{value:x2}" })
            {
                if (CanonicalTarget.Read(raw) is not TargetReading.Read { Target: var target }) continue;
                Assert.Equal($"x{(char)value}", Assert.Single(target.Segments).Text);
                accepted++;
            }
        }

        Assert.InRange(accepted, 120, 170);
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
