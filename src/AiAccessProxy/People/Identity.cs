using AiAccessProxy.Tokens;

namespace AiAccessProxy.People;

/// <summary>What a provider calls a person.</summary>
/// <param name="Issuer">The text of its tokens' <c>iss</c>.</param>
internal sealed record Identity(string Issuer, string Subject)
{
    // No URL: object ids are unique over the tenants of Entra ID, and only its own issuers are asked about them.
    private const string AnyTenant = "entra";

    public static Identity OfEntra(string objectId) => new(AnyTenant, objectId.ToLowerInvariant());

    /// <summary>The identities by which somebody may be listed whom <paramref name="issuer"/> calls <paramref name="subject"/>.</summary>
    public static IReadOnlyList<Identity> Of(Issuer issuer, string subject) =>
        issuer.IsEntra ? [new(issuer.Url, subject), OfEntra(subject)] : [new(issuer.Url, subject)];
}
