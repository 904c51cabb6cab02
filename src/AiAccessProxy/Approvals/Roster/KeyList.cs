using AiAccessProxy.Agents;

namespace AiAccessProxy.Approvals.Roster;

/// <summary>All keys of an agent: those of the policy files first.</summary>
internal sealed record KeyList(IReadOnlyList<HeldKey> Keys)
{
    /// <param name="agents">For what the files say of the agent.</param>
    public static KeyList Of(AgentStanding standing, AgentDirectory agents)
    {
        var written = agents.WrittenKeysOf(standing.Agent).Select(key =>
        {
            var ended = standing.Ended.FirstOrDefault(one => one.Sha256 == key.Sha256);
            return new HeldKey(key, null, key.Id, Earlier(key.Expires, ended?.At), ended?.By);
        });
        var issued = standing.Issued.Select(key =>
            new HeldKey(key.Key, key, key.Chain, Earlier(key.Key.Expires, key.RevokedAt), key.RevokedBy));
        return new([.. written, .. issued]);
    }

    public HeldKey? Find(string id) => Keys.FirstOrDefault(key => key.Key.Id == id);

    public IEnumerable<HeldKey> LiveOf(string chain, DateTimeOffset now) => Keys.Where(key => key.Chain == chain && key.IsLive(now));

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;
}
