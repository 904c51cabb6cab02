using System.Buffers;
using System.Text;
using AiAccessProxy.Gate.Wire;

namespace AiAccessProxy.Tests.Gate.Wire;

public class ChunkExtensionsTests
{
    [Theory]
    [InlineData("5\r\nhello\r\n0\r\n\r\n", 0)]
    [InlineData("000A\r\n;;;;;;;;;;\r\n0\r\n\r\n", 0)]
    [InlineData("1;a=b\r\n;\r\n0\r\n\r\n", 4)]
    [InlineData("1 ;a\r\n;\r\n0;x\r\n\r\n", 5)]
    [InlineData("1\r\n\n\r\n2\r\n\r\n\r\n0\r\nX-A: ;;;\r\nX-B: 1\r\n\r\n", 0)]
    public void Only_what_stands_beside_a_size_is_counted(string body, int extensions)
    {
        var bytes = Encoding.ASCII.GetBytes(body);
        foreach (var most in new[] { extensions, extensions - 1 })
        {
            // However it is cut, and with the next request right behind it.
            for (var cut = 0; cut <= bytes.Length; cut++)
            {
                var counted = new ChunkExtensions(most);
                counted.Take(new(bytes.AsMemory(0, cut)));
                Assert.Equal(cut == bytes.Length, counted.IsOver);
                counted.Take(new((byte[])[.. bytes[cut..], .. "GET /;;;;;;;;;;;;;;; HTTP/1.1\r\n"u8]));
                Assert.True(counted.IsOver);
                Assert.Equal(most < extensions, counted.IsTooMuch);
            }
        }
    }
}
