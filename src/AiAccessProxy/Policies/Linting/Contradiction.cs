using AiAccessProxy.Actions;
using AiAccessProxy.Policies.Conditions;

namespace AiAccessProxy.Policies.Linting;

/// <summary>Finds conditions that no call can meet together.</summary>
internal static class Contradiction
{
    /// <summary>Why <paramref name="condition"/> is never true, in words; null when nothing is found that says so.</summary>
    public static string? In(Condition condition, Route route) => condition switch
    {
        Condition.All all => all.Parts.Select(part => In(part, route)).FirstOrDefault(why => why is not null) ?? Together([.. Flat(all)]),
        Condition.Any any => any.Parts.Select(part => In(part, route)).ToList() is var whys && whys.TrueForAll(why => why is not null) ? whys[0] : null,
        Condition.Methods methods when methods.Names.All(name => MethodGuard.Of(name) is not null) =>
            $"{string.Join(", ", methods.Names)} is never let in",
        Condition.Environments environments when route.Environment is { } own && !environments.Names.Contains(own, StringComparer.Ordinal) =>
            $"the route's environment is {own}",
        _ => null,
    };

    private static IEnumerable<Condition> Flat(Condition.All all) => all.Parts.SelectMany(part => part is Condition.All inner ? Flat(inner) : [part]);

    private static string? Together(IReadOnlyList<Condition> parts)
    {
        var methods = parts.OfType<Condition.Methods>().ToList();
        if (methods.Count > 1 && methods.Skip(1).Aggregate(methods[0].Names, (left, next) => [.. left.Intersect(next.Names, StringComparer.Ordinal)]).Count == 0)
            return "no method is in all of the lists";
        return parts.OfType<Condition.On>().GroupBy(on => on.Field)
            .Select(field => Clash([.. field.Select(on => on.Operator)]) is { } clash ? $"{field.Key} cannot be {clash}" : null)
            .FirstOrDefault(why => why is not null);
    }

    private static string? Clash(IReadOnlyList<Operator> wanted)
    {
        if (wanted.Any(one => one is Operator.Exists { Expected: false }) && wanted.Any(one => one is not Operator.Exists { Expected: false }))
            return "absent and anything else";
        foreach (var greater in wanted.OfType<Operator.GreaterThan>())
            foreach (var most in wanted.OfType<Operator.AtMost>())
                if (most.Limit.CompareTo(greater.Limit) <= 0) return $"greater than {greater.Limit} and at most {most.Limit}";
        var values = wanted.OfType<Operator.EqualTo>().Where(equal => !equal.IsSecret).Distinct().ToList();
        return values.Count > 1 && values.TrueForAll(value => value.Operand is Operand.Text) ? "equal to different texts" : null;
    }
}
