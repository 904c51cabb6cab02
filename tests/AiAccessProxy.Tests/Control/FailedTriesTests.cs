using System.Net;
using AiAccessProxy.Control.SignIn;

namespace AiAccessProxy.Tests.Control;

public class FailedTriesTests
{
    [Fact]
    public void All_addresses_of_one_host_count_together_and_those_of_others_do_not()
    {
        var tries = new FailedTries(new ManualTime());
        for (var i = 0; i < FailedTries.Allowed; i++) tries.Add(IPAddress.Parse($"2001:db8:1:2:{i:x}::{i:x}"));

        Assert.NotNull(tries.WaitOf(IPAddress.Parse("2001:db8:1:2:ffff::1")));
        Assert.Null(tries.WaitOf(IPAddress.Parse("2001:db8:1:3::1")));
        for (var i = 0; i < FailedTries.Allowed; i++) tries.Add(IPAddress.Parse("192.0.2.1"));
        Assert.NotNull(tries.WaitOf(IPAddress.Parse("::ffff:192.0.2.1")));
        Assert.Null(tries.WaitOf(IPAddress.Parse("192.0.2.2")));
        Assert.Null(tries.WaitOf(null));
    }

    [Fact]
    public void What_is_over_is_forgotten_and_what_is_not_is_kept_however_many_there_are()
    {
        var time = new ManualTime();
        var tries = new FailedTries(time);
        var last = IPAddress.Parse("192.0.2.1");
        for (var i = 0; i < 12_000; i++) tries.Add(new IPAddress(i + (1L << 24)));
        time.Advance(FailedTries.Within - TimeSpan.FromSeconds(1));
        for (var i = 0; i < FailedTries.Allowed; i++) tries.Add(last);
        time.Advance(TimeSpan.FromSeconds(1));
        tries.Add(IPAddress.Loopback);

        Assert.NotNull(tries.WaitOf(last));
        Assert.Equal(2, tries.Count);
    }
}
