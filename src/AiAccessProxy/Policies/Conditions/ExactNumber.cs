using System.Globalization;

namespace AiAccessProxy.Policies.Conditions;

/// <summary>
/// A JSON number (RFC 8259, section 6) of any size, compared exactly: <c>2e4</c>, <c>20000.0</c> and <c>20000</c> are equal, and nothing is
/// rounded. Reading and comparing take time linear in the lexeme, whatever its exponent says.
/// </summary>
internal sealed class ExactNumber : IComparable<ExactNumber>
{
    // The value is sign * 0.digits * 10^(point + exponent); digits neither begins nor ends with 0.
    private readonly int _sign;
    private readonly string _digits;
    private readonly long _point;
    private readonly string _exponent;
    private readonly int _exponentSign;

    private ExactNumber(string lexeme, NumberParts parts)
    {
        Lexeme = lexeme;
        var written = string.Concat(parts.Whole, parts.Fraction);
        var significant = written.TrimStart('0');
        _digits = significant.TrimEnd('0');
        _point = parts.Whole.Length - (written.Length - significant.Length);
        _sign = _digits.Length == 0 ? 0 : parts.IsNegative ? -1 : 1;
        _exponent = parts.Exponent.TrimStart('0').ToString();
        _exponentSign = parts.ExponentIsNegative ? -1 : 1;
    }

    /// <summary>The number as it was written.</summary>
    public string Lexeme { get; }

    /// <summary>Null when <paramref name="lexeme"/> is no JSON number.</summary>
    public static ExactNumber? Parse(string lexeme) => NumberParts.TryRead(lexeme, out var parts) ? new(lexeme, parts) : null;

    public static ExactNumber Of(long value) => Parse(value.ToString(CultureInfo.InvariantCulture))!;

    public int CompareTo(ExactNumber? other)
    {
        if (other is null) return 1;
        if (_sign != other._sign) return _sign.CompareTo(other._sign);
        if (_sign == 0) return 0;
        var order = CompareOrder(other);
        return _sign * (order != 0 ? order : Math.Sign(string.CompareOrdinal(_digits, other._digits)));
    }

    public override string ToString() => Lexeme;

    private int CompareOrder(ExactNumber other)
    {
        // The difference of both exponents, digit by digit from the most significant. Once it is this large, neither the digits that
        // follow (at most 18 each) nor the places of the points (below 2^32) can turn it round.
        const long Settled = 1_000_000_000_000;
        var length = Math.Max(_exponent.Length, other._exponent.Length);
        long difference = 0;
        for (var at = length; at > 0; at--)
        {
            difference = difference * 10 + ExponentDigit(at) - other.ExponentDigit(at);
            if (difference is > Settled or < -Settled) return Math.Sign(difference);
        }

        return Math.Sign(difference + _point - other._point);
    }

    private int ExponentDigit(int fromRight) =>
        fromRight > _exponent.Length ? 0 : _exponentSign * (_exponent[^fromRight] - '0');
}
