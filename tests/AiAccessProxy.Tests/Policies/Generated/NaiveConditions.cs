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
        if (block.Agents.Count > 0) holds &= block.Agents.Contains(call.Agent);
        if (block.AgentGroups.Count > 0) holds &= block.AgentGroups.Any(call.Groups.Contains);
        if (block.OnBehalfOf.Count > 0) holds &= call.OnBehalfOf is { } person && block.OnBehalfOf.Any(wanted => IsMeant(wanted, person));
        if (block.Environments.Count > 0) holds &= block.Environments.Contains("production");
        if (block.Time is not null) holds &= block.Time.Holds(call.At);
        foreach (var where in block.Where) holds &= Holds(where, NaiveFields.Read(call, patterns, where.Field, where.Json), call);
        if (block.Any.Count > 0) holds &= Or(block.Any.Select(one => Holds(one, call, patterns)));
        foreach (var one in block.All) holds &= Holds(one, call, patterns);
        if (block.Not is not null) holds &= !Holds(block.Not, call, patterns);
        if (block.Except is not null) holds &= !Holds(block.Except, call, patterns);
        return holds;
    }

    private static bool IsMeant(string wanted, string person) => wanted switch
    {
        "anyone" => true,
        "group:finance" => person is "ada" or "grace",
        "group:security" => person is "hugo" or "joan",
        _ => wanted == $"person:{person}",
    };

    private static bool? Or(IEnumerable<bool?> parts) => parts.Aggregate((bool?)false, (all, one) => all | one);

    private static bool? Holds(DrawnWhere where, List<object>? values, DrawnCall call)
    {
        if (values is null) return null;
        if (where.Operator == "exists") return values.Count > 0 == (where.Operands[0] == "true");
        if (values.Count == 0) return false;
        if (where.Inner is null) return values.Count > 1 ? null : One(where.Operator, values[0], where.Operands, call);

        var spread = values.SelectMany(value => value is JsonElement { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Cast<object>() : [value])
            .Select(value => One(where.Inner, value, where.Operands, call)).ToList();
        var whole = where.Operator == "any" ? Or(spread) : spread.Count == 0 ? false : !Or(spread.Select(one => !one));

        // Of a repeated parameter, upstreams take one value or another.
        var parameters = call.Query.Where(one => where.Field == $"query.{one.Name}").ToList();
        return parameters.Count < 2 || parameters.TrueForAll(one => Alone(call with { Query = [one] }) == whole) ? whole : null;

        bool? Alone(DrawnCall only) => Holds(where, NaiveFields.Read(only, [], where.Field, where.Json), only);
    }

    private static bool? One(string name, object value, IReadOnlyList<string> operands, DrawnCall call) => name switch
    {
        "equals" or "in" => Or(operands.Select(operand => Equal(value, operand, call))),
        "gt" => Compare(value, operands[0]) is { } order ? order > 0 : null,
        "gte" => Compare(value, operands[0]) is { } order ? order >= 0 : null,
        "lt" => Compare(value, operands[0]) is { } order ? order < 0 : null,
        "lte" => Compare(value, operands[0]) is { } order ? order <= 0 : null,
        _ => Meant(operands[0], call) is { } part && Text(value) is { } text ? InText(name, text, part) : null,
    };

    private static bool InText(string name, string text, string part) => name switch
    {
        "contains" => text.Contains(part, StringComparison.Ordinal),
        "starts_with" => text.StartsWith(part, StringComparison.Ordinal),
        "ends_with" => text.EndsWith(part, StringComparison.Ordinal),
        // With backtracking, which the product does without.
        _ => Regex.IsMatch(text, $@"^(?:{part})\z", RegexOptions.Singleline | RegexOptions.CultureInvariant),
    };

    private static string? Text(object value) => value switch
    {
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString(),
        _ => null,
    };

    private static string? Meant(string operand, DrawnCall call)
    {
        var text = operand.Trim('"').Replace("${agent.id}", call.Agent, StringComparison.Ordinal).Replace("${agent.owner}", "ada", StringComparison.Ordinal);
        if (!text.Contains("${on_behalf_of.id}", StringComparison.Ordinal)) return text;
        return call.OnBehalfOf is { } person ? text.Replace("${on_behalf_of.id}", person, StringComparison.Ordinal) : null;
    }

    private static bool? Equal(object value, string operand, DrawnCall call)
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

        return Meant(operand, call) is { } wanted && Text(value) is { } text ? text == wanted : null;
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
