using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AiAccessProxy.Tests.Policies.Generated;

/// <summary>Conditions by way of the language's own three-valued <c>bool?</c>, whose <c>&amp;</c> and <c>|</c> are Kleene's.</summary>
internal static partial class NaiveConditions
{
    public static bool? Holds(DrawnBlock block, DrawnCall call, IReadOnlyList<string> patterns)
    {
        bool? holds = true;
        if (block.Methods.Count > 0) holds &= block.Methods.Contains(call.Method);
        if (block.Paths.Count > 0) holds &= Or(block.Paths.Select(path => NaivePaths.Matches(path, call.Path)));
        foreach (var where in block.Where) holds &= Holds(where, NaiveFields.Read(call, patterns, where.Field));
        if (block.Any.Count > 0) holds &= Or(block.Any.Select(one => Holds(one, call, patterns)));
        foreach (var one in block.All) holds &= Holds(one, call, patterns);
        if (block.Not is not null) holds &= !Holds(block.Not, call, patterns);
        return holds;
    }

    private static bool? Or(IEnumerable<bool?> parts) => parts.Aggregate((bool?)false, (all, one) => all | one);

    private static bool? Holds(DrawnWhere where, List<object>? values)
    {
        if (values is null) return null;
        if (where.Operator == "exists") return values.Count > 0 == (where.Operands[0] == "true");
        if (values.Count == 0) return false;
        if (where.Inner is null) return values.Count > 1 ? null : One(where.Operator, values[0], where.Operands);

        var spread = values.SelectMany(value => value is JsonElement { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Cast<object>() : [value])
            .Select(value => One(where.Inner, value, where.Operands)).ToList();
        if (where.Operator == "any") return Or(spread);
        return spread.Count == 0 ? false : !Or(spread.Select(one => !one));
    }

    private static bool? One(string name, object value, IReadOnlyList<string> operands) => name switch
    {
        "equals" or "in" => Or(operands.Select(operand => Equal(value, operand))),
        "gt" => Compare(value, operands[0]) is { } order ? order > 0 : null,
        _ => Compare(value, operands[0]) is { } order ? order <= 0 : null,
    };

    private static bool? Equal(object value, string operand)
    {
        if (Number().IsMatch(operand)) return Compare(value, operand) is { } order ? order == 0 : null;
        if (operand == "null") return value is JsonElement { ValueKind: JsonValueKind.Null } ? true : null;
        if (operand is "true" or "false")
        {
            return value switch
            {
                JsonElement { ValueKind: JsonValueKind.True } or "true" => operand == "true",
                JsonElement { ValueKind: JsonValueKind.False } or "false" => operand == "false",
                _ => null,
            };
        }

        return value switch
        {
            string text => text == operand.Trim('"'),
            JsonElement { ValueKind: JsonValueKind.String } text => text.GetString() == operand.Trim('"'),
            _ => null,
        };
    }

    private static int? Compare(object value, string operand)
    {
        var lexeme = value is JsonElement { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : value as string;
        return lexeme is not null && Number().IsMatch(lexeme) ? Scaled(lexeme).CompareTo(Scaled(operand)) : null;
    }

    /// <summary>The number times 10^40, which is whole for every number drawn.</summary>
    private static BigInteger Scaled(string lexeme)
    {
        var match = Number().Match(lexeme);
        var fraction = match.Groups[2].Value;
        var exponent = match.Groups[3].Success ? int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture) : 0;
        return BigInteger.Parse(match.Groups[1].Value + fraction, CultureInfo.InvariantCulture) * BigInteger.Pow(10, 40 + exponent - fraction.Length);
    }

    [GeneratedRegex(@"^(-?(?:0|[1-9][0-9]*))(?:\.([0-9]+))?(?:[eE]([-+]?[0-9]+))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
