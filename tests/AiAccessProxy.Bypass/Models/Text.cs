using System.Globalization;
using System.Text;

namespace AiAccessProxy.Bypass.Models;

/// <summary>Decodes as servers do: what is broken stays as it is, and nothing is refused.</summary>
internal static class Text
{
    /// <summary>Escapes undone once; a character of the result is a byte.</summary>
    public static string Unescaped(string text, Habit habits)
    {
        if (!text.Contains('%', StringComparison.Ordinal)) return text;
        var decoded = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '%' && Hex(text, at + 1, 2) is { } value)
            {
                decoded.Append((char)value);
                at += 2;
            }
            else if (text[at] == '%' && (habits & Habit.ReadsUnicodeLoosely) != 0 && at + 1 < text.Length && text[at + 1] is 'u' or 'U' && Hex(text, at + 2, 4) is { } unit)
            {
                foreach (var part in Encoding.UTF8.GetBytes($"{(char)unit}")) decoded.Append((char)part);
                at += 5;
            }
            else
            {
                decoded.Append(text[at]);
            }
        }

        return decoded.ToString();
    }

    /// <summary>The text of these bytes, with letters taken for others where a habit does so.</summary>
    public static string Of(string bytes, Habit habits)
    {
        var isLoose = (habits & Habit.ReadsUnicodeLoosely) != 0;
        var text = Ascii(bytes) ? bytes : Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(isLoose ? WithoutOverlong(bytes) : bytes));
        if (isLoose && !Ascii(text)) text = string.Concat(text.Select(Loose));
        return (habits & Habit.FoldsCase) != 0 ? Folded(text) : text;
    }

    /// <summary>As languages fold that know more than ASCII: Kelvin is k, the long s is s, the Turkish letters are i.</summary>
    public static string Folded(string text) => string.Concat(text.Select(letter => letter switch
    {
        '\u212A' => 'k',
        '\u017F' => 's',
        '\u0130' or '\u0131' => 'i',
        _ => char.ToLowerInvariant(letter),
    }));

    private static bool Ascii(string text) => text.All(char.IsAscii);

    private static char Loose(char letter) => letter switch
    {
        >= '\uFF01' and <= '\uFF5E' => (char)(letter - 0xFEE0),
        '\u2215' or '\u2044' => '/',
        '\u2216' => '\\',
        '\u2024' => '.',
        '\u017F' => 's',
        '\u212A' => 'k',
        _ => letter,
    };

    private static string WithoutOverlong(string bytes)
    {
        var plain = new StringBuilder(bytes.Length);
        for (var at = 0; at < bytes.Length; at++)
        {
            if (bytes[at] is '\xC0' or '\xC1' && at + 1 < bytes.Length)
                plain.Append((char)(((bytes[at] & 0x1F) << 6) | (bytes[++at] & 0x3F)));
            else if (bytes[at] == '\xE0' && at + 2 < bytes.Length && bytes[at + 1] < '\xA0')
                plain.Append((char)(((bytes[at + 1] & 0x3F) << 6) | (bytes[at += 2] & 0x3F)));
            else
                plain.Append(bytes[at]);
        }

        return plain.ToString();
    }

    private static int? Hex(string text, int at, int count) =>
        at + count <= text.Length && int.TryParse(text.AsSpan(at, count), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? value : null;
}
