using AiAccessProxy.Forwarding;

namespace AiAccessProxy.Tests.Forwarding;

public class OneSendingTests
{
    private static readonly byte[] Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();

    [Fact]
    public async Task A_second_connection_is_refused()
    {
        var sending = await SendingAsync(isHttp2: false);
        sending.OnConnecting();
        Assert.Throws<IOException>(sending.OnConnecting);
    }

    [Fact]
    public async Task Once_a_byte_has_left_the_rest_may_take_its_time()
    {
        var time = new ManualTime();
        var sending = await SendingAsync(isHttp2: false, time);
        sending.OnWriting([]);
        Assert.False(sending.HasLeft);
        sending.OnWriting("P"u8);
        Assert.True(sending.HasLeft);
        time.Advance(TimeSpan.FromHours(1));
        sending.OnWriting("OST"u8);
        Assert.False(sending.WasTooLate);
    }

    [Fact]
    public async Task The_preface_of_HTTP2_is_no_byte_of_the_call_and_does_not_stop_its_clock()
    {
        var time = new ManualTime();
        var sending = await SendingAsync(isHttp2: true, time);
        sending.OnWriting([.. Preface, .. Frame(4, 0, 12)]);
        Assert.False(sending.HasLeft);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Throws<IOException>(() => sending.OnWriting(Frame(1, 1, 30)));
        Assert.True(sending.WasTooLate);
        Assert.False(sending.HasLeft);
    }

    [Fact]
    public async Task A_second_request_on_an_HTTP2_connection_is_refused_however_the_writes_are_cut()
    {
        var random = new Random(11);
        byte[] first = [.. Preface, .. Frame(4, 0, 18), .. Frame(8, 0, 4), .. Frame(1, 1, 40), .. Frame(9, 1, 10), .. Frame(0, 1, 300), .. Frame(0, 1, 0), .. Frame(6, 0, 8)];
        byte[] second = Frame(1, 3, 40);
        for (var run = 0; run < Some.Runs(2_000); run++)
        {
            var sending = await SendingAsync(isHttp2: true);
            for (var at = 0; at < first.Length;)
            {
                var length = Math.Min(random.Next(1, 60), first.Length - at);
                sending.OnWriting(first.AsSpan(at, length));
                at += length;
            }

            Assert.True(sending.HasLeft);
            var cut = random.Next(0, 8); // not even its frame header becomes whole
            sending.OnWriting(second.AsSpan(0, cut));
            Assert.Throws<IOException>(() => sending.OnWriting(second.AsSpan(cut)));
        }
    }

    private static byte[] Frame(byte type, byte stream, int length) =>
        [(byte)(length >> 16), (byte)(length >> 8), (byte)length, type, 0, 0, 0, 0, stream, .. new byte[length]];

    private static async Task<OneSending> SendingAsync(bool isHttp2, TimeProvider? time = null) =>
        new(await new AcceptingLedger().ClearAsync("d", privileged: true, time ?? new ManualTime(), TimeSpan.FromSeconds(2)), isHttp2);
}
