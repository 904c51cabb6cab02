using AiAccessProxy.Approvals;
using AiAccessProxy.Ledger;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Control.SignIn;

/// <summary>
/// Sessions as registers, where several instances share a ledger: whoever signed in at one goes on at any other, and is signed out at all. By the hash of
/// its id: who can read the store has no session of it.
/// </summary>
internal sealed class SessionRoll(ILedger ledger, LedgerHealth health, Records records, IOptions<ControlOptions> options)
{
    public const string Kind = "session";

    private const int MaxTries = 5;

    /// <summary>Where one process has the ledger alone, its memory is enough.</summary>
    public bool IsShared => health.IsShared;

    public DateTimeOffset Now => records.Now;

    /// <summary>Puts the sign-in on record, and the session beside it.</summary>
    /// <exception cref="LedgerUnavailableException">It could not be recorded; there is no session.</exception>
    public async ValueTask BeginAsync(string hash, Session session, LedgerRecord record, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            IReadOnlyList<Move> moves = IsShared
                ? [Live(hash, 0, SessionState.Of(session, Now, Now)), .. await OldAsync(session.Person, cancellationToken)]
                : [];
            switch (await ledger.CommitAsync(new Change([record], moves) { IsPersons = true }, cancellationToken))
            {
                case Outcome.Done:
                    return;
                case Outcome.Conflict:
                    continue;
                default:
                    throw new LedgerUnavailableException("The ledger did not take the record of a sign-in.");
            }
        }

        throw new LedgerUnavailableException("Others were faster each time the record of a sign-in was to be made.");
    }

    /// <summary>Null: there is none, or it was ended.</summary>
    public async ValueTask<(SessionState State, long Revision)?> FindAsync(string hash, CancellationToken cancellationToken) =>
        await ledger.ReadAsync(new(Kind, hash), cancellationToken) is { IsLive: true } register
            ? (SessionState.Read(register.State.Span), register.Revision)
            : null;

    /// <summary>Lets the other instances know that the session is in use. Should somebody else just have said so, that is as good.</summary>
    public async ValueTask UsedAsync(string hash, SessionState state, long revision) =>
        await ledger.CommitAsync(new([], [Live(hash, revision, state with { Used = Now })]), CancellationToken.None);

    /// <exception cref="LedgerUnavailableException">Other instances go on taking it for open.</exception>
    public async ValueTask EndAsync(string hash, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            if (await FindAsync(hash, cancellationToken) is not var (state, revision)) return;
            var record = records.New(RecordKind.PersonSignedOut) with { Reviewer = new(state.Person, "console", state.Authenticated) };
            if (await ledger.CommitAsync(new([record], [Over(new(Kind, hash), revision, state)]), CancellationToken.None) is Outcome.Done) return;
        }

        throw new LedgerUnavailableException("A session was moved by others each time it was to be ended.");
    }

    /// <summary>Those of the person that have ended by themselves, and the oldest above what a person may have.</summary>
    private async ValueTask<List<Move>> OldAsync(string person, CancellationToken cancellationToken)
    {
        var open = new List<(Register Register, SessionState State)>();
        await foreach (var register in ledger.LiveAsync(Kind, person, cancellationToken)) open.Add((register, SessionState.Read(register.State.Span)));
        var good = open.Where(one => Now - one.State.Opened < options.Value.SessionLength && Now - one.State.Used < options.Value.SessionIdle)
            .OrderByDescending(one => one.State.Opened).Take(SessionStore.MaxPerPerson - 1).Select(one => one.Register.Id).ToHashSet();
        return [.. open.Where(one => !good.Contains(one.Register.Id)).Select(one => Over(one.Register.Id, one.Register.Revision, one.State))];
    }

    private static Move Live(string hash, long from, SessionState state) => new(new(Kind, hash), from, state.Write()) { LiveGroup = state.Person };

    /// <summary>What is left of it opens nothing.</summary>
    private Move Over(RegisterId id, long from, SessionState state) =>
        new(id, from, (state with { FormToken = "" }).Write()) { ForgetAfter = Now + TimeSpan.FromHours(1) };
}
