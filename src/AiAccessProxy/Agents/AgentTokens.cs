using AiAccessProxy.Tokens;

namespace AiAccessProxy.Agents;

/// <summary>Which tokens prove which agents, and for whom they act then.</summary>
/// <param name="personOf">The id of the person whom an issuer calls so; null when nobody is known by it.</param>
internal sealed class AgentTokens(
    IReadOnlyList<Issuer> issuers, IReadOnlyList<(Agent Agent, AgentToken Token)> entries, Func<Issuer, string, string?> personOf)
{
    public static AgentTokens None { get; } = new([], [], (_, _) => null);

    public IReadOnlyList<Issuer> Issuers => issuers;

    /// <summary>Every agent that tokens prove, once for each issuer.</summary>
    public IEnumerable<Caller> Callers => entries
        .Select(entry => new Caller(entry.Agent, null, By(entry.Token.Issuer)))
        .Distinct();

    /// <summary>Whether a text says that it is a token for agents. Not whether it is good: what is shown where no agent may come is refused at that.</summary>
    public bool IsMeant(string text) =>
        CompactToken.HasForm(text) && CompactToken.Read(text, out _) is { } token && token.Claims.Text("iss") is { } url
        && issuers.Any(issuer => issuer.Url == url && token.Claims.Texts("aud")?.Contains(issuer.Audience) == true);

    /// <summary>Whether claims are an agent's whatever audience they were made for: the program that got the token calls here as an agent.</summary>
    /// <param name="issuer">The text of the token's <c>iss</c>.</param>
    public bool AreAnAgents(string issuer, Claims claims) =>
        entries.Any(entry => AreThose(entry.Token, claims) && issuers.Any(one => one.Id == entry.Token.Issuer && one.Url == issuer));

    /// <summary>Whether tokens of the agent may say that it acts for somebody.</summary>
    public bool MayActForPeople(string agent) => entries.Any(entry =>
        entry.Agent.Id == agent && issuers.Any(issuer => issuer.Id == entry.Token.Issuer && issuer.OnBehalfOf is not null));

    /// <summary>The one agent that a token proves. Two that it would prove, or a person whom nobody knows, make it prove nobody.</summary>
    public TokenMatch Match(TokenProof proof)
    {
        // The issuer as the policy has it now; it may believe another by now, or for another audience.
        if (!issuers.Contains(proof.Issuer)) return new TokenMatch.Nobody("its issuer is no longer in agents.yaml as it was");
        var (issuer, claims) = (proof.Issuer, proof.Claims);
        var agents = entries
            .Where(entry => entry.Token.Issuer == issuer.Id && AreThose(entry.Token, claims))
            .Select(entry => entry.Agent).DistinctBy(agent => agent.Id).Take(2).ToList();
        if (agents is not [var agent])
            return new TokenMatch.Nobody($"it comes from {issuer.Id}, and its claims are those of {(agents.Count == 0 ? "no agent" : "more than one agent")} in agents.yaml");

        var caller = new Caller(agent, null, By(issuer.Id)) { Token = proof };
        if (issuer.OnBehalfOf is not { } claim) return new TokenMatch.Found(caller);
        // First, whatever the token looks like: where people choose their names, one may be called as a program is (RFC 9068, section 5).
        if (claims.Text(claim) is { } subject && personOf(issuer, subject) is { } person) return new TokenMatch.Found(caller with { OnBehalfOf = person });
        return TokenSubject.Of(claims) == SubjectKind.App
            ? new TokenMatch.Found(caller)
            : new TokenMatch.Nobody($"it comes from {issuer.Id}, and its claim {claim}, which says for whom the agent acts, is nobody's in people.yaml");
    }

    private static bool AreThose(AgentToken token, Claims claims) => token.Claims.All(claim => claims.Texts(claim.Key)?.Contains(claim.Value) == true);

    private static string By(string issuer) => $"token:{issuer}";
}
