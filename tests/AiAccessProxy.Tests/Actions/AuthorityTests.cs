using AiAccessProxy.Actions;

namespace AiAccessProxy.Tests.Actions;

public class AuthorityTests
{
    [Theory]
    [InlineData("api.example", "api.example", null)]
    [InlineData("API.Example:8443", "api.example", 8443)]
    [InlineData("localhost:1", "localhost", 1)]
    [InlineData("payments_v2", "payments_v2", null)]
    [InlineData("xn--bcher-kva.example", "xn--bcher-kva.example", null)]
    [InlineData("127.0.0.1:65535", "127.0.0.1", 65535)]
    [InlineData("[::1]:80", "[::1]", 80)]
    [InlineData("[2001:DB8::1]", "[2001:db8::1]", null)]
    [InlineData("10.example", "10.example", null)]
    public void A_plain_authority_is_read_in_lower_case(string text, string host, int? port) =>
        Assert.Equal(new AuthorityReading.Read(new(host, port)), Authority.Read(text));

    [Theory]
    [InlineData("")]
    [InlineData("user@api.example")]
    [InlineData("user:secret@api.example")]
    [InlineData("api.example:")]
    [InlineData("api.example:0")]
    [InlineData("api.example:080")]
    [InlineData("api.example:65536")]
    [InlineData("api.example:4294967376")]
    [InlineData("api.example:+80")]
    [InlineData("api.example:80 ")]
    [InlineData("api.example:80:80")]
    [InlineData("api.example:http")]
    [InlineData(":80")]
    [InlineData("api.example.")]
    [InlineData("api..example")]
    [InlineData(".api.example")]
    [InlineData("-api.example")]
    [InlineData("api-.example")]
    [InlineData("api.example/x")]
    [InlineData("api.example\\x")]
    [InlineData("api.example?x")]
    [InlineData("api.example#x")]
    [InlineData("api.example, other.example")]
    [InlineData("api example")]
    [InlineData("api%2eexample")]
    [InlineData("*.example")]
    [InlineData("[::1")]
    [InlineData("[::1]x")]
    [InlineData("[::1%25eth0]")]
    [InlineData("[fe80::1%eth0]")]
    [InlineData("::1")]
    [InlineData("[127.0.0.1]")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f.1")]
    [InlineData("0x7f000001")]
    [InlineData("017700000001")]
    [InlineData("127.0.0.01")]
    [InlineData("127.0.0.256")]
    [InlineData("1.2.3.4.5")]
    public void What_servers_read_differently_is_refused(string text)
    {
        var refused = Assert.IsType<AuthorityReading.Refused>(Authority.Read(text));
        Assert.NotEmpty(refused.Why);
        Assert.NotEmpty(refused.Remedy);
    }

    [Fact]
    public void A_host_in_Unicode_is_told_its_A_label_form() =>
        Assert.Equal(new AuthorityReading.Refused("is not in ASCII", "write xn--bcher-kva.example"), Authority.Read("Bücher.example:80"));

    [Fact]
    public void Labels_and_hosts_have_the_lengths_of_the_DNS()
    {
        Assert.IsType<AuthorityReading.Read>(Authority.Read(new string('a', 63) + ".example"));
        Assert.IsType<AuthorityReading.Refused>(Authority.Read(new string('a', 64) + ".example"));
        Assert.IsType<AuthorityReading.Refused>(Authority.Read(string.Join('.', Enumerable.Repeat(new string('a', 63), 4)) + ".a"));
    }

    [Theory]
    [InlineData("api.example", "api.example:8443", true)]
    [InlineData("api.example:8443", "API.example:8443", true)]
    [InlineData("api.example:8443", "api.example", false)]
    [InlineData("api.example", "www.api.example", false)]
    public void A_named_authority_without_a_port_is_on_any(string named, string called, bool covers) =>
        Assert.Equal(covers, Of(named).Covers(Of(called)));

    private static Authority Of(string text) => Assert.IsType<AuthorityReading.Read>(Authority.Read(text)).Authority;
}
