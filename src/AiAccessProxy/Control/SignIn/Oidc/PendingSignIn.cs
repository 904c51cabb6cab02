namespace AiAccessProxy.Control.SignIn.Oidc;

/// <summary>A sign-in that a browser began and has yet to come back from.</summary>
/// <param name="State">Comes back with the answer: it is the one that this browser asked for.</param>
/// <param name="Nonce">Comes back in the token: it was made for this sign-in.</param>
/// <param name="Verifier">Of PKCE (RFC 7636): whoever steals the code cannot use it.</param>
/// <param name="To">Where the person wanted to go.</param>
/// <param name="Until">Milliseconds since 1970.</param>
internal sealed record PendingSignIn(string State, string Nonce, string Verifier, string To, long Until)
{
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    public static PendingSignIn New(string to, DateTimeOffset now) =>
        new(Secret.Make(), Secret.Make(), Secret.Make(), to, (now + Lasts).ToUnixTimeMilliseconds());
}
