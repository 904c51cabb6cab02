namespace AiAccessProxy.Tokens;

/// <summary>Tells tokens of programs by themselves from those that a person is behind.</summary>
internal static class TokenSubject
{
    private static readonly string[] Clients = ["azp", "appid", "client_id", "cid"];

    public static SubjectKind Of(Claims claims)
    {
        // RFC 8693, section 4.1: somebody else uses it in the name of sub.
        if (claims.Has("act")) return SubjectKind.Unclear;
        if (claims.Text("idtyp") is { } type) return type switch { "app" => SubjectKind.App, "user" => SubjectKind.Person, _ => SubjectKind.Unclear };
        if (claims.Text("sub") is not { } subject) return SubjectKind.Unclear;
        // How Keycloak calls the person that stands for a program; it has a sub and scopes like anybody. No more than a name, so it proves no program either.
        if (claims.Text("preferred_username")?.StartsWith("service-account-", StringComparison.OrdinalIgnoreCase) == true) return SubjectKind.Unclear;
        // RFC 9068, section 2.2: without a person, sub is the client, which Okta calls cid. Auth0 writes it with a suffix.
        if (Clients.Select(claims.Text).OfType<string>().Any(client => subject == client || subject == $"{client}@clients")) return SubjectKind.App;
        // Scopes are what a person consented to. Entra ID gives apps roles instead, and their own object id as both sub and oid.
        if (claims.Has("scp") || claims.Has("scope")) return SubjectKind.Person;
        return claims.Text("oid") == subject ? SubjectKind.App : SubjectKind.Unclear;
    }
}
