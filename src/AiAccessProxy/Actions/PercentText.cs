using System.Buffers;
using System.Globalization;
using System.Text;

namespace AiAccessProxy.Actions;

/// <summary>Decodes escapes as a lenient server does: what is none stays as it is.</summary>
internal static class PercentText
{
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789ABCDEFabcdef");

    /// <summary>
    /// The text with <c>%XX</c> and <c>%uXXXX</c> decoded; U+FFFD stands for bytes that are no UTF-8. The same instance when it holds no escape.
    /// </summary>
    public static string DecodeLeniently(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal)) return text;
        var bytes = new List<byte>(text.Length);
        Span<byte> character = stackalloc byte[8];
        for (var at = 0; at < text.Length;)
        {
            if (Escape(text, at + 1, 2) is { } value)
            {
                bytes.Add((byte)value);
                at += 3;
            }
            else if (at + 1 < text.Length && text[at + 1] is 'u' or 'U' && Escape(text, at + 2, 4, at) is { } unit)
            {
                bytes.AddRange(character[..Encoding.UTF8.GetBytes([(char)unit], character)]);
                at += 6;
            }
            else
            {
                var length = char.IsHighSurrogate(text[at]) && at + 1 < text.Length ? 2 : 1;
                bytes.AddRange(character[..Encoding.UTF8.GetBytes(text.AsSpan(at, length), character)]);
                at += length;
            }
        }

        var decoded = Encoding.UTF8.GetString([.. bytes]);
        return decoded == text ? text : decoded;
    }

    private static int? Escape(string text, int digitsAt, int digits, int? percentAt = null) =>
        text[percentAt ?? digitsAt - 1] == '%'
        && digitsAt + digits <= text.Length
        && !text.AsSpan(digitsAt, digits).ContainsAnyExcept(Hex)
            ? int.Parse(text.AsSpan(digitsAt, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : null;
}
