namespace AiAccessProxy.Policies.Conditions;

/// <summary>The parts of a JSON number's lexeme.</summary>
internal readonly ref struct NumberParts
{
    public bool IsNegative { get; private init; }

    public ReadOnlySpan<char> Whole { get; private init; }

    public ReadOnlySpan<char> Fraction { get; private init; }

    public ReadOnlySpan<char> Exponent { get; private init; }

    public bool ExponentIsNegative { get; private init; }

    public static bool TryRead(ReadOnlySpan<char> text, out NumberParts parts)
    {
        parts = default;
        var isNegative = text is ['-', ..];
        if (isNegative) text = text[1..];

        var whole = TakeDigits(ref text);
        if (whole.Length == 0 || (whole.Length > 1 && whole[0] == '0')) return false;

        ReadOnlySpan<char> fraction = default;
        if (text is ['.', ..])
        {
            text = text[1..];
            fraction = TakeDigits(ref text);
            if (fraction.Length == 0) return false;
        }

        ReadOnlySpan<char> exponent = default;
        var exponentIsNegative = false;
        if (text is ['e' or 'E', ..])
        {
            text = text[1..];
            exponentIsNegative = text is ['-', ..];
            if (text is ['+' or '-', ..]) text = text[1..];
            exponent = TakeDigits(ref text);
            if (exponent.Length == 0) return false;
        }

        parts = new()
        {
            IsNegative = isNegative,
            Whole = whole,
            Fraction = fraction,
            Exponent = exponent,
            ExponentIsNegative = exponentIsNegative,
        };
        return text.Length == 0;
    }

    private static ReadOnlySpan<char> TakeDigits(scoped ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        var digits = end < 0 ? text : text[..end];
        text = text[digits.Length..];
        return digits;
    }
}
