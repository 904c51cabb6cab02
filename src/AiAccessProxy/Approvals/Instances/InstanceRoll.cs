using System.Globalization;
using System.Reflection;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals.Instances;

/// <summary>
/// Where instances say that they are there: a register each, kept alive like a lease. Who falls silent for a minute is taken off by any other.
/// </summary>
internal sealed class InstanceRoll(ILedger ledger, Records records, PolicyStore policies)
{
    public const string Kind = "instance";

    /// <summary>After so long nobody asks any more whether somebody silent comes back.</summary>
    public static readonly TimeSpan Gone = TimeSpan.FromMinutes(1);

    private static readonly string Version =
        typeof(InstanceRoll).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    private readonly DateTimeOffset _started = records.Now;
    private int _times;

    /// <summary>Each time it has to begin anew it has another register: one that ended does not live again.</summary>
    private RegisterId Own => new(Kind, string.Create(CultureInfo.InvariantCulture, $"{records.Instance}/{_times}"));

    private InstanceSeen Now => new(records.Instance, Version, policies.Current.Hash, _started, records.Now);

    /// <summary>Says that this process is there and by which rules it decides.</summary>
    /// <exception cref="LedgerUnavailableException">Nobody was told.</exception>
    public async ValueTask AnnounceAsync(CancellationToken cancellationToken)
    {
        // Taken for gone while it was only paused or cut off, or put back with the store, it comes back under another register; twice in a row is somebody else's mischief.
        for (var tries = 0; tries < 3; tries++)
        {
            try
            {
                var standing = await ledger.ReadAsync(Own, cancellationToken);
                if (standing is null or { IsLive: false } ? await JoinAsync($"version {Version}", cancellationToken) : await RenewAsync(standing, cancellationToken))
                    return;
            }
            catch (LedgerUnavailableException altered) when (altered.IsAltered)
            {
                // Refused for good, so nothing said there is heard. The alarm stays; the instance lives.
                if (await JoinAsync($"version {Version}; what it had said before is refused: {altered.Message}", cancellationToken)) return;
            }
        }
    }

    /// <summary>All that are on the roll, and takes those off that have been silent for too long.</summary>
    public async ValueTask<IReadOnlyList<InstanceSeen>> CallAsync(CancellationToken cancellationToken)
    {
        var all = new List<InstanceSeen>();
        await foreach (var register in ledger.LiveAsync(Kind, null, cancellationToken))
        {
            var one = InstanceSeen.Read(register.State.Span);
            if (records.Now - one.Seen < Gone) all.Add(one);
            else await EndAsync(register, RecordKind.InstanceLost, $"{one.Name} has said nothing since {one.Seen.UtcDateTime:O}", cancellationToken);
        }

        return all;
    }

    public async ValueTask LeaveAsync(CancellationToken cancellationToken)
    {
        if (await ledger.ReadAsync(Own, cancellationToken) is { IsLive: true } standing)
            await EndAsync(standing, RecordKind.InstanceLeft, null, cancellationToken);
    }

    /// <summary>Puts on record that instances decide by different rules.</summary>
    public async ValueTask TellAsync(PolicyDifference difference, CancellationToken cancellationToken) => await ledger.CommitAsync(
        new([records.New(RecordKind.PolicyDiffers) with { Policy = Now.Policy, Detail = difference.Words }], []), cancellationToken);

    private async ValueTask<bool> JoinAsync(string detail, CancellationToken cancellationToken)
    {
        _times++;
        var joined = records.New(RecordKind.InstanceJoined) with { Policy = Now.Policy, Detail = detail };
        return await ledger.CommitAsync(new([joined], [MoveOf(0)]), cancellationToken) is Outcome.Done;
    }

    private async ValueTask<bool> RenewAsync(Register standing, CancellationToken cancellationToken) =>
        await ledger.CommitAsync(new([], [MoveOf(standing.Revision)]), cancellationToken) is Outcome.Done;

    private async ValueTask EndAsync(Register register, string kind, string? detail, CancellationToken cancellationToken)
    {
        var ended = new Move(register.Id, register.Revision, register.State) { ForgetAfter = records.Now + TimeSpan.FromHours(1) };
        await ledger.CommitAsync(new([records.New(kind) with { Detail = detail }], [ended]), cancellationToken);
    }

    private Move MoveOf(long from) => new(Own, from, Now.Write()) { LiveGroup = Kind };
}
