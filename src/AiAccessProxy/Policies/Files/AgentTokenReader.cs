using AiAccessProxy.Agents;
using AiAccessProxy.Tokens;

namespace AiAccessProxy.Policies.Files;

/// <summary>Reads <c>tokens</c> of an agent: which tokens are its own.</summary>
internal static class AgentTokenReader
{
    public static IReadOnlyList<AgentToken> Read(Section agent, IReadOnlyList<Issuer> issuers)
    {
        var tokens = new List<AgentToken>();
        foreach (var (node, field) in agent.Items("tokens"))
        {
            if (Section.Of(agent.Source, node, field, "issuer", "claims") is not { } section) continue;
            var issuer = section.Required("issuer", "name one of the issuers of this file") is { } written && section.IsOneOf(written, issuers.Select(one => one.Id))
                ? written.Text
                : null;
            if (!section.Has("claims")) section.Missing("claims", "say what its tokens claim and no others do: { azp: \"<client id>\" }");
            if (section.Find("claims") is not { } map || Section.Open(agent.Source, map, section.Of("claims")) is not { } claims) continue;
            var made = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var name in claims.Keys)
            {
                if (claims.Text(name) is { } value) made[name] = value;
            }

            if (!claims.Keys.Any()) section.Report("claims", "this is empty", "without a claim, every token of the issuer would be this agent's");
            else if (issuer is not null) tokens.Add(new(issuer, made));
        }

        return tokens;
    }
}
