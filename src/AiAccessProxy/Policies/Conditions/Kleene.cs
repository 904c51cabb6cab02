namespace AiAccessProxy.Policies.Conditions;

/// <summary>Strong three-valued logic: what is not known stays unknown unless the rest settles the matter.</summary>
internal static class Kleene
{
    public static Truth Not(Truth truth) => (Truth)((int)Truth.True - (int)truth);

    public static Truth Of(bool value) => value ? Truth.True : Truth.False;

    public static Truth And<T>(IReadOnlyList<T> parts, Func<T, Truth> judge)
    {
        var result = Truth.True;
        for (var at = 0; at < parts.Count && result != Truth.False; at++)
            result = Least(result, judge(parts[at]));
        return result;
    }

    public static Truth Or<T>(IReadOnlyList<T> parts, Func<T, Truth> judge)
    {
        var result = Truth.False;
        for (var at = 0; at < parts.Count && result != Truth.True; at++)
            result = Greatest(result, judge(parts[at]));
        return result;
    }

    private static Truth Least(Truth one, Truth other) => one < other ? one : other;

    private static Truth Greatest(Truth one, Truth other) => one > other ? one : other;
}
