using AiAccessProxy.Tokens;

namespace AiAccessProxy.Agents;

/// <summary>A token that came with a call and was good when it came. Equal to another when both are the same text.</summary>
/// <param name="Sha256">Of its text, in lower-case hex.</param>
internal sealed record TokenProof(Issuer Issuer, Claims Claims, string Sha256)
{
    public bool Equals(TokenProof? other) => other is not null && other.Sha256 == Sha256;

    public override int GetHashCode() => Sha256.GetHashCode(StringComparison.Ordinal);
}
