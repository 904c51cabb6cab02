using AiAccessProxy.People;
using AiAccessProxy.Policies;
using AiAccessProxy.Tokens;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Control.SignIn.Oidc;

/// <summary>Tells people by tokens of the provider: those that a sign-in ends with, and those that their programs send to the API.</summary>
internal sealed class PersonTokens(TokenValidation tokens, TokenRefusals refusals, PolicyStore policies, IOptions<OidcOptions> options)
{
    /// <summary>The person for whom a browser was sent back. The token comes from the provider itself, and is judged like any other.</summary>
    public async ValueTask<OidcOutcome> SignInAsync(string token, string nonce, CancellationToken cancellationToken)
    {
        if (options.Value.ForSignIn is not { } issuer
            || await tokens.ValidateAsync(token, [issuer], TokenUse.SignIn, cancellationToken) is not TokenOutcome.Proven(_, var claims))
            return new OidcOutcome.Refused(ControlProblem.ProviderUnavailable);
        if (claims.Text("nonce") is not { } made || !Secret.Same(made, nonce) || (claims.Has("azp") && claims.Text("azp") != issuer.Audience))
            return new OidcOutcome.Refused(ControlProblem.SignInIsVoid);
        return claims.Text("idtyp") is null or "user" && PersonOf(issuer, claims) is var (person, subject)
            ? new OidcOutcome.SignedIn(person, new SessionProof.Identity(issuer, subject))
            : new OidcOutcome.Refused(ControlProblem.UnknownPerson(claims.Text(issuer.SubjectClaim)));
    }

    /// <summary>Whom a token sent to the API proves; null when tokens prove nobody there, or it is none.</summary>
    public async ValueTask<(Viewer? Viewer, ControlProblem? Problem)> FindAsync(string text, CancellationToken cancellationToken)
    {
        if (options.Value.ForApi is not { } issuer
            || await tokens.ValidateAsync(text, [issuer], TokenUse.Access, cancellationToken) is not TokenOutcome.Proven(_, var claims)) return (null, null);
        if (TokenSubject.Of(claims) != SubjectKind.Person)
        {
            refusals.Tell(TokenFault.Claims, "it came to the control plane and is a program's own, or does not say that it is a person's");
            return (null, ControlProblem.AppToken);
        }

        // A person may have let an agent's program act for them, which must not come to approve what it asks for.
        if (policies.Current.Agents.Tokens.AreAnAgents(issuer.Url, claims)) return (null, ControlProblem.AgentKey);
        return PersonOf(issuer, claims) is var (person, _)
            ? (new Viewer(person, $"token:{new Uri(issuer.Url).Host}", null), null)
            : (null, ControlProblem.UnknownPerson(claims.Text(issuer.SubjectClaim)));
    }

    private (Person Person, string Subject)? PersonOf(Issuer issuer, Claims claims) =>
        claims.Text(issuer.SubjectClaim) is { } subject && policies.Current.People.Find(issuer, subject) is { } person ? (person, subject) : null;
}
