using AiAccessProxy.Tokens;

namespace AiAccessProxy.Policies.Files;

/// <summary>Reads <c>issuers</c>: whose tokens agents may prove themselves by.</summary>
/// <param name="foreign">Audiences of the control plane, which no agent's token may have.</param>
internal sealed class IssuersReader(PolicySource source, IReadOnlySet<string> foreign)
{
    public IReadOnlyList<Issuer> Read(Section file)
    {
        var issuers = new List<Issuer>();
        foreach (var (node, field) in file.Items("issuers"))
        {
            if (Issuer(node, field) is not { } issuer) continue;
            if (issuers.Exists(other => other.Id == issuer.Id))
                source.Report(node.Line, $"{field}.id", $"there is an issuer {issuer.Id} already", "give each issuer an id of its own");
            else if (issuers.Find(other => (other.Url, other.Audience) == (issuer.Url, issuer.Audience)) is { } same)
                source.Report(node.Line, field, $"this is issuer {same.Id} again", "list each url once, or once for each audience");
            else
                issuers.Add(issuer);
        }

        return issuers;
    }

    private Issuer? Issuer(YamlNode node, string field)
    {
        if (Section.Of(source, node, field, "id", "url", "audience", "on_behalf_of") is not { } section) return null;
        var id = section.Id();
        var url = Url(section, "url");
        var audience = section.Required("audience", "write what its tokens have as aud when they are for this proxy");
        if (audience is { } shared && foreign.Contains(shared.Text))
        {
            source.Report(
                shared, $"{shared.Told} is the audience of the control plane, where people decide",
                "give agents and people audiences of their own, or what proves one would prove the other");
        }

        var onBehalfOf = section.Text("on_behalf_of");
        return id is null || url is null || audience is not { Text: var text } ? null : new(id, url, text) { OnBehalfOf = onBehalfOf };
    }

    /// <summary>The URL of an issuer; null, and reported, when it is none.</summary>
    public static string? Url(Section section, string key)
    {
        const string Remedy = "write it as its tokens have it in iss: https://login.example.com/tenant";
        if (section.Required(key, Remedy) is not { } written) return null;
        if (Tokens.Issuer.WhyNoUrl(written.Text) is not { } why) return written.Text;
        section.Source.Report(written, $"{written.Told} {why}", Remedy);
        return null;
    }
}
