using AiAccessProxy.People;

namespace AiAccessProxy.Policies.Files;

/// <summary>Reads what providers call a person, and sees that they call no two people the same.</summary>
internal sealed class IdentityReader
{
    private readonly Dictionary<Identity, string> _owners = [];

    public IReadOnlyList<Identity> Read(Section person, string holder)
    {
        var identities = new List<Identity>();
        if (person.Read("entra") is { } written)
        {
            if (!Guid.TryParseExact(written.Text, "D", out _))
                person.Source.Report(written, $"{written.Told} is no object id", "write the Object ID that Entra ID shows for the user: 00000000-0000-0000-0000-000000000000");
            else if (IsFree(person.Source, written, Identity.OfEntra(written.Text), holder))
                identities.Add(Identity.OfEntra(written.Text));
        }

        foreach (var (node, field) in person.Items("oidc"))
        {
            if (Section.Of(person.Source, node, field, "issuer", "subject") is not { } section) continue;
            var issuer = IssuersReader.Url(section, "issuer");
            if (section.Required("subject", "write what the provider's tokens for this person have as sub") is { } subject && issuer is not null
                && IsFree(person.Source, subject, new(issuer, subject.Text), holder))
                identities.Add(new(issuer, subject.Text));
        }

        return identities;
    }

    private bool IsFree(PolicySource source, Written where, Identity identity, string holder)
    {
        if (_owners.TryAdd(identity, holder)) return true;
        source.Report(where, $"this is {_owners[identity]} already", "an identity is one person's, and written once");
        return false;
    }
}
