using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Approvals.Instances;

/// <summary>
/// The processes that work on the ledger, as this one sees them. Alone on a ledger that nobody else may write, it sees none. May be read from any thread.
/// </summary>
internal sealed class InstanceSet(LedgerHealth ledger, Instance self, TimeProvider time)
{
    /// <summary>Who said nothing for so long is not counted on.</summary>
    public static readonly TimeSpan Silent = TimeSpan.FromSeconds(10);

    private volatile IReadOnlyList<InstanceSeen> _alive = [];
    private volatile PolicyDifference? _differs;
    private volatile bool _isLeaving;

    public bool IsShared => ledger.IsShared;

    public string Self => self.Name;

    public TimeProvider Time => time;

    /// <summary>By name, this one among them once it has announced itself.</summary>
    public IReadOnlyList<InstanceSeen> Alive => _alive;

    /// <summary>Not all decide by the same rules; null while they do.</summary>
    public PolicyDifference? Differs => _differs;

    /// <summary>
    /// Whether somebody who lives decides by other rules than <paramref name="policy"/>, as far as is known here. What was asked for under theirs is then
    /// not over, only because it would be asked for otherwise here.
    /// </summary>
    public bool DecideOtherwise(string policy) => _differs is not null || _alive.Any(one => one.Name != self.Name && one.Policy != policy);

    /// <summary>This process was told to stop: balancers should send calls elsewhere.</summary>
    public bool IsLeaving => _isLeaving;

    public void Leave() => _isLeaving = true;

    /// <returns>True when they differ for certain, and it was not said yet.</returns>
    public bool Saw(IEnumerable<InstanceSeen> all)
    {
        var now = time.GetUtcNow();
        _alive = [.. all.Where(one => now - one.Seen < Silent).OrderByDescending(one => one.Seen).DistinctBy(one => one.Name).OrderBy(one => one.Name, StringComparer.Ordinal)];
        var before = _differs;
        _differs = PolicyDifference.Among(_alive, before, now);
        return _differs is { IsCertain: true } && before is not { IsCertain: true };
    }

    /// <summary>
    /// Whether this instance is the one of those alive that sees to <paramref name="name"/>. They agree about it without a word, as long as they see the
    /// same ones; somebody who does not is one try too many, and no harm.
    /// </summary>
    public bool IsMine(string name) => _alive is not { Count: > 1 } alive || alive.MaxBy(one => Weight(one.Name, name))!.Name == self.Name;

    private static ulong Weight(string instance, string name) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{instance}\n{name}")));
}
