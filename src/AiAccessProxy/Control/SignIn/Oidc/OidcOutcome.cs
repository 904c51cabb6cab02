using AiAccessProxy.People;

namespace AiAccessProxy.Control.SignIn.Oidc;

/// <summary>What came of a sign-in by a provider.</summary>
internal abstract record OidcOutcome
{
    private OidcOutcome()
    {
    }

    public sealed record SignedIn(Person Person, SessionProof Proof) : OidcOutcome;

    public sealed record Refused(ControlProblem Problem) : OidcOutcome;
}
