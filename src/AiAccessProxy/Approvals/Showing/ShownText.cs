using System.Buffers;
using System.Globalization;
using System.Text;

namespace AiAccessProxy.Approvals.Showing;

/// <summary>
/// Bytes as text that a person can trust, and back. Every byte sequence has exactly one text, and no character of that text is invisible,
/// sets the direction of its neighbours, or passes for a space that it is not. Letters that run from right to left by themselves stand as they are: who
/// shows the text keeps them in its order, or spells them out (<see cref="RightToLeft"/>).
/// </summary>
internal static class ShownText
{
    /// <summary>More marks than this on one letter are escaped: towers of them cover their neighbours.</summary>
    private const int MarksOnLetter = 2;

    public static string Escape(ReadOnlySpan<byte> bytes, bool multiline)
    {
        var text = new StringBuilder(bytes.Length);
        Append(text, bytes, multiline, int.MaxValue);
        return text.ToString();
    }

    /// <summary>Appends as much of <paramref name="bytes"/> as fits into <paramref name="room"/> characters; returns how many bytes that was.</summary>
    /// <param name="multiline">Line feeds stand for themselves, as in a body; everywhere else they are escaped.</param>
    public static int Append(StringBuilder text, ReadOnlySpan<byte> bytes, bool multiline, int room)
    {
        var done = 0;
        var marks = MarksOnLetter;
        while (done < bytes.Length)
        {
            var valid = Rune.DecodeFromUtf8(bytes[done..], out var rune, out var length) == OperationStatus.Done;
            if (!valid) length = 1;
            var isMark = valid && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
            marks = isMark ? marks + 1 : valid && Rune.IsLetter(rune) ? 0 : MarksOnLetter;

            var shown = !valid ? $@"\x{bytes[done]:x2}"
                : multiline && rune.Value == '\n' ? "\n"
                : Visible.Stands(rune) && !(isMark && marks > MarksOnLetter) ? rune.ToString()
                : Escaped(rune);
            if (shown.Length > room) break;
            text.Append(shown);
            room -= shown.Length;
            done += length;
        }

        return done;
    }

    /// <summary>The bytes that <paramref name="safe"/> was made from.</summary>
    /// <exception cref="FormatException">It is no text that <see cref="Escape"/> makes.</exception>
    public static byte[] Unescape(string safe)
    {
        var bytes = new ArrayBufferWriter<byte>(Math.Max(1, safe.Length));
        for (var at = 0; at < safe.Length;)
        {
            var next = safe.IndexOf('\\', at);
            var plain = safe.AsSpan(at, (next < 0 ? safe.Length : next) - at);
            Encoding.UTF8.GetBytes(plain, bytes);
            at += plain.Length;
            if (next >= 0) at += UnescapeOne(safe.AsSpan(next), bytes);
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>How a character is written that does not stand for itself.</summary>
    public static string Escaped(Rune rune) => rune.Value switch
    {
        '\\' => @"\\",
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        < 0x80 => $@"\x{rune.Value:x2}",
        _ => $@"\u{{{rune.Value:x}}}",
    };

    private static int UnescapeOne(ReadOnlySpan<char> text, ArrayBufferWriter<byte> bytes)
    {
        switch (text.Length > 1 ? text[1] : '\0')
        {
            case '\\': return Write(bytes, (byte)'\\', 2);
            case 'n': return Write(bytes, (byte)'\n', 2);
            case 'r': return Write(bytes, (byte)'\r', 2);
            case 't': return Write(bytes, (byte)'\t', 2);
            case 'x': return Write(bytes, byte.Parse(text.Slice(2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), 4);
            case 'u' when text.IndexOf('}') is > 3 and var end:
                var rune = new Rune(int.Parse(text[3..end], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                bytes.Advance(rune.EncodeToUtf8(bytes.GetSpan(4)));
                return end + 1;
            default: throw new FormatException("A backslash that starts no escape.");
        }
    }

    private static int Write(ArrayBufferWriter<byte> bytes, byte value, int length)
    {
        bytes.Write([value]);
        return length;
    }
}
