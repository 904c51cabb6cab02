using AiAccessProxy.Approvals;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Control.SignIn;

/// <summary>Opens sessions. A sign-in that cannot be recorded does not happen.</summary>
internal sealed class SignInDesk(SessionStore sessions, Instance instance, TimeProvider time)
{
    /// <returns>The id of the new session.</returns>
    /// <exception cref="LedgerUnavailableException">It could not be recorded; there is no session.</exception>
    public ValueTask<string> SignInAsync(string person, string authenticated, SessionProof proof, CancellationToken cancellationToken)
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
        return sessions.OpenAsync(person, authenticated, proof, record, cancellationToken);
    }
}
