using AiAccessProxy.Actions;
using FsCheck;
using FsCheck.Fluent;

namespace AiAccessProxy.Tests.Actions;

public class PreferHeaderTests
{
    [Theory]
    [InlineData("respond-async", true, null, null)]
    [InlineData("Respond-Async", true, null, null)]
    [InlineData("wait=10", false, 10, null)]
    [InlineData("respond-async, wait = \"10\"", true, 10, null)]
    [InlineData("wait=0", false, 0, null)]
    [InlineData("wait=10, wait=20", false, 10, null)]
    [InlineData("wait=99999999999999999999", false, 86400, null)]
    [InlineData("return=minimal", false, null, "return=minimal")]
    [InlineData("return=minimal,  handling=lenient", false, null, "return=minimal,  handling=lenient")]
    [InlineData("return=minimal, wait=5; x=y", false, null, "return=minimal, wait=5; x=y")]
    [InlineData("return=representation , respond-async,odata.maxpagesize=5", true, null, "return=representation, odata.maxpagesize=5")]
    [InlineData("foo=\"a, respond-async, \\\" b\", wait=3", false, 3, "foo=\"a, respond-async, \\\" b\"")]
    [InlineData("wait=-1", false, null, "wait=-1")]
    [InlineData("wait=1.5", false, null, "wait=1.5")]
    [InlineData("wait", false, null, "wait")]
    [InlineData("respond-asynchronous", false, null, "respond-asynchronous")]
    [InlineData("", false, null, "")]
    public void What_the_proxy_consumes_is_taken_out_and_the_rest_stays(string value, bool respondAsync, int? wait, string? rest)
    {
        var preference = PreferHeader.Read(value, out var kept);
        Assert.Equal(new Preference(respondAsync, wait is { } seconds ? TimeSpan.FromSeconds(seconds) : null), preference);
        Assert.Equal(rest, kept);
    }

    [Fact]
    public void Nothing_is_left_to_consume_in_what_is_forwarded()
    {
        var values = Gen.Elements("respond-async", "wait=5", "a=\"", "\"", ",", " ", "\\", "x=y", ";", "wait=").ArrayOf().Select(string.Concat<string>);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Some.Runs(10_000)), Prop.ForAll(values.ToArbitrary(), value =>
        {
            PreferHeader.Read(value, out var rest);
            if (rest is null) return;
            var again = PreferHeader.Read(rest, out var unchanged);
            Assert.Equal(default, again);
            Assert.Equal(rest, unchanged);
        }));
    }
}
