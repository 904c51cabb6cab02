using System.Globalization;

namespace AiAccessProxy.Actions.Bodies;

/// <summary>Tells JSON numbers that every reader keeps as they are written from those that some round (RFC 7493, 2.2).</summary>
internal static class KeptNumber
{
    /// <summary>Digits that a double (IEEE 754) keeps, whatever they are.</summary>
    private const int SafeDigits = 15;

    private const int LongestLexeme = 400;

    /// <summary>
    /// A 64-bit integer, or a number whose double stands for it alone: a number that is rounded (<c>10000.0000000000001</c>), overflows
    /// (<c>1e999</c>) or becomes 0 (<c>1e-999</c>) is one value to rules and another to the upstream.
    /// </summary>
    public static bool Is(ReadOnlySpan<byte> lexeme)
    {
        if (lexeme.Length <= SafeDigits && !lexeme.ContainsAny((byte)'e', (byte)'E')) return true;
        if (lexeme.Length > LongestLexeme) return false;
        if (!lexeme.ContainsAny("eE."u8) && (long.TryParse(lexeme, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            || ulong.TryParse(lexeme, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
            return true;
        if (!double.TryParse(lexeme, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value)) return false;

        Span<byte> shortest = stackalloc byte[32];
        return value.TryFormat(shortest, out var written, default, CultureInfo.InvariantCulture) && Parts(lexeme) == Parts(shortest[..written]);
    }

    /// <summary>The value as 0.digits × 10^point; the digits neither begin nor end with 0.</summary>
    private static (bool IsNegative, string Digits, long Point) Parts(ReadOnlySpan<byte> number)
    {
        Span<char> digits = stackalloc char[LongestLexeme];
        var (count, point, exponent, isFraction) = (0, 0L, 0L, false);
        for (var at = 0; at < number.Length; at++)
        {
            var one = (char)number[at];
            if (one == '.') isFraction = true;
            if (one is 'e' or 'E')
            {
                // What does not fit was infinite or 0 before.
                if (!long.TryParse(number[(at + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)) exponent = long.MaxValue / 2;
                break;
            }

            if (!char.IsAsciiDigit(one)) continue;
            if (one != '0' || count > 0) digits[count++] = one;
            if (!isFraction && count > 0) point++;
            else if (isFraction && count == 0) point--;
        }

        var significant = digits[..count].TrimEnd('0').ToString();
        return significant.Length == 0 ? (false, "", 0) : (number[0] == '-', significant, point + exponent);
    }
}
