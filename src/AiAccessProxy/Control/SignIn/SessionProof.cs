using AiAccessProxy.Tokens;

namespace AiAccessProxy.Control.SignIn;

/// <summary>What a session rests on: with that it ends, whatever its own time says.</summary>
internal abstract record SessionProof
{
    private SessionProof()
    {
    }

    /// <summary>The local link, which proved nothing.</summary>
    public sealed record Link : SessionProof;

    /// <summary>A personal key, by the hash of its text.</summary>
    public sealed record Key(string Sha256) : SessionProof;

    /// <summary>What a provider calls the person.</summary>
    public sealed record Identity(Issuer Issuer, string Subject) : SessionProof;
}
