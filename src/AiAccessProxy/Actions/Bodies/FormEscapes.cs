using System.Text;
using System.Text.Unicode;

namespace AiAccessProxy.Actions.Bodies;

/// <summary>Undoes the escapes of a urlencoded name or value (WHATWG URL, 5.1), strictly.</summary>
internal static class FormEscapes
{
    /// <summary>
    /// Null when readers disagree on <paramref name="bytes"/>: a per cent sign without two hex digits, what is no UTF-8, a NUL, a control
    /// character, <c>;</c> (a separator to some), or a letter or digit that is escaped, which no client does and only hides it.
    /// </summary>
    public static string? Decode(ReadOnlySpan<byte> bytes)
    {
        var decoded = new byte[bytes.Length];
        var count = 0;
        for (var at = 0; at < bytes.Length; at++)
        {
            var one = bytes[at];
            if (one == '%')
            {
                if (at + 2 >= bytes.Length || !char.IsAsciiHexDigit((char)bytes[at + 1]) || !char.IsAsciiHexDigit((char)bytes[at + 2])) return null;
                one = Convert.FromHexString([(char)bytes[at + 1], (char)bytes[at + 2]])[0];
                if (one == 0 || char.IsAsciiLetterOrDigit((char)one)) return null;
                at += 2;
            }
            else if (one == '+')
            {
                one = (byte)' ';
            }
            else if (one is < 0x20 or > 0x7e or (byte)';')
            {
                return null;
            }

            decoded[count++] = one;
        }

        return Utf8.IsValid(decoded.AsSpan(0, count)) ? Encoding.UTF8.GetString(decoded, 0, count) : null;
    }

    /// <summary>What servers make of a decoded text that decode twice; the text itself when there is nothing left to decode.</summary>
    public static string Again(string text) => text.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(text) : text;
}
