namespace AiAccessProxy.Approvals.Instances;

/// <summary>Instances decide by different rules. While changed files are read they do so for a moment; that is no alarm.</summary>
/// <param name="Since">When it was first seen.</param>
internal sealed record PolicyDifference(DateTimeOffset Since, string Words, bool IsCertain)
{
    /// <summary>Said and seen every two seconds each, it is told within ten.</summary>
    public static readonly TimeSpan Moment = TimeSpan.FromSeconds(3);

    /// <summary>Null when all have the same.</summary>
    public static PolicyDifference? Among(IReadOnlyList<InstanceSeen> alive, PolicyDifference? before, DateTimeOffset now)
    {
        var policies = alive.GroupBy(one => one.Policy, StringComparer.Ordinal).OrderBy(one => one.Key, StringComparer.Ordinal).ToList();
        if (policies.Count < 2) return null;
        var since = before?.Since ?? now;
        return new(since, string.Join("; ", policies.Select(OfOne)), now - since >= Moment);
    }

    private static string OfOne(IGrouping<string, InstanceSeen> same) =>
        $"{string.Join(" and ", same.Select(one => one.Name))} {(same.Count() == 1 ? "decides" : "decide")} by policy {same.Key}";
}
