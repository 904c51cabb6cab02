using AiAccessProxy.Approvals;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Control.SignIn;

/// <summary>Opens sessions. A sign-in that cannot be recorded does not happen.</summary>
internal sealed class SignInDesk(SessionStore sessions, ILedger ledger, Instance instance, TimeProvider time)
{
    /// <returns>The id of the new session.</returns>
    /// <exception cref="LedgerUnavailableException">It could not be recorded; there is no session.</exception>
    public async ValueTask<string> SignInAsync(string person, string authenticated, SessionProof proof, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var record = new LedgerRecord
        {
            Id = Guid.CreateVersion7(now),
            Time = now,
            Kind = RecordKind.PersonSignedIn,
            Instance = instance.Name,
            Reviewer = new(person, "console", authenticated),
        };
        if (await ledger.CommitAsync(new Change([record], []), cancellationToken) is not Outcome.Done)
            throw new LedgerUnavailableException("The ledger did not take the record of a sign-in.");
        return sessions.Open(person, authenticated, proof);
    }
}
