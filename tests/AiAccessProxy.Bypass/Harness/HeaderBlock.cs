using System.Text;

namespace AiAccessProxy.Bypass.Harness;

/// <summary>
/// As much of HPACK (RFC 7541) as an adversary needs: it writes every field as a literal, and reads what a server writes
/// that was told to keep no dynamic table.
/// </summary>
internal static class HeaderBlock
{
    private const int FirstStatus = 8, LastStatus = 14;

    // RFC 7541, appendix A: the fields 8 to 14 of the static table.
    private static readonly string[] Statuses = ["200", "204", "206", "304", "400", "404", "500"];

    /// <param name="form">How a field is written (RFC 7541, 6.2): 0 without indexing, the usual; 0x10 never indexed; 0x40 indexed.</param>
    public static byte[] Write(IEnumerable<(string Name, string Value)> fields, byte form = 0)
    {
        var block = new List<byte>();
        foreach (var (name, value) in fields)
        {
            block.Add(form);
            WriteText(block, name);
            WriteText(block, value);
        }

        return [.. block];
    }

    /// <summary>Fields whose name the static table has are called by their number there, save <c>:status</c>: nobody asks for them.</summary>
    public static IEnumerable<(string Name, string Value)> Read(byte[] block)
    {
        for (var at = 0; at < block.Length;)
        {
            var first = block[at];
            if ((first & 0x80) != 0)
            {
                var index = ReadNumber(block, ref at, 7);
                yield return (NameOf(index), index is >= FirstStatus and <= LastStatus ? Statuses[index - FirstStatus] : "");
            }
            else if ((first & 0xE0) == 0x20)
            {
                ReadNumber(block, ref at, 5);
            }
            else
            {
                var index = ReadNumber(block, ref at, (first & 0x40) != 0 ? 6 : 4);
                var name = index == 0 ? ReadText(block, ref at) : NameOf(index);
                yield return (name, ReadText(block, ref at));
            }
        }
    }

    private static string NameOf(int index) => index is >= FirstStatus and <= LastStatus ? ":status" : index == 31 ? "content-type" : $"#{index}";

    private static void WriteText(List<byte> block, string text)
    {
        WriteNumber(block, text.Length, 7);
        block.AddRange(Encoding.Latin1.GetBytes(text));
    }

    private static void WriteNumber(List<byte> block, int number, int prefix)
    {
        var most = (1 << prefix) - 1;
        block.Add((byte)Math.Min(number, most));
        if (number < most) return;
        for (number -= most; number >= 128; number >>= 7) block.Add((byte)(0x80 | (number & 0x7F)));
        block.Add((byte)number);
    }

    private static int ReadNumber(byte[] block, ref int at, int prefix)
    {
        var most = (1 << prefix) - 1;
        var number = block[at++] & most;
        if (number < most) return number;
        for (var shift = 0; ; shift += 7)
        {
            var next = block[at++];
            number += (next & 0x7F) << shift;
            if ((next & 0x80) == 0) return number;
        }
    }

    private static string ReadText(byte[] block, ref int at)
    {
        if ((block[at] & 0x80) != 0) throw new IOException("The server compresses its fields, which this reader does not undo.");
        var length = ReadNumber(block, ref at, 7);
        at += length;
        return Encoding.Latin1.GetString(block, at - length, length);
    }
}
