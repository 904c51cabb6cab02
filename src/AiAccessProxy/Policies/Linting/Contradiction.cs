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
        return parts.OfType<Condition.On>().Where(on => on.Json is null).GroupBy(on => on.Field)
            .Select(field => Clash([.. field.Select(on => on.Operator)]) is { } clash ? $"{field.Key} cannot be {clash}" : null)
            .FirstOrDefault(why => why is not null);
    }

    private static string? Clash(IReadOnlyList<Operator> wanted)
    {
        if (wanted.Any(one => one is Operator.Exists { Expected: false }) && wanted.Any(one => one is not Operator.Exists { Expected: false }))
            return "absent and anything else";
        foreach (var (least, isOpen, word) in wanted.Select(Least).OfType<(ExactNumber, bool, string)>())
        {
            foreach (var (most, isBelow, below) in wanted.Select(Most).OfType<(ExactNumber, bool, string)>())
                if (most.CompareTo(least) is var order && (order < 0 || (order == 0 && (isOpen || isBelow)))) return $"{word} {least} and {below} {most}";
        }

        var values = wanted.OfType<Operator.EqualTo>().Where(equal => !equal.IsSecret).Select(equal => equal.Operand).ToList();
        return values.TrueForAll(value => value is Operand.Text { Value.Refers: false })
            && values.Cast<Operand.Text>().Select(value => value.Value.Written).Distinct(StringComparer.Ordinal).Count() > 1
                ? "equal to different texts"
                : null;
    }

    private static (ExactNumber Limit, bool IsOpen, string Word)? Least(Operator wanted) => wanted switch
    {
        Operator.GreaterThan greater => (greater.Limit, true, "greater than"),
        Operator.AtLeast least => (least.Limit, false, "at least"),
        _ => null,
    };

    private static (ExactNumber Limit, bool IsOpen, string Word)? Most(Operator wanted) => wanted switch
    {
        Operator.LessThan less => (less.Limit, true, "less than"),
        Operator.AtMost most => (most.Limit, false, "at most"),
        _ => null,
    };
}
