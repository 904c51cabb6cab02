namespace AiAccessProxy.Tokens.Keys;

/// <summary>The public keys of an issuer, as it showed them last.</summary>
internal sealed class KeySet(IReadOnlyList<SigningKey> keys)
{
    /// <summary>The one key that a token means; null when there is none, or more than one.</summary>
    public SigningKey? Find(TokenHeader header)
    {
        var fit = keys.Where(key => key.Algorithms.Contains(header.Algorithm) && (header.KeyId is null || key.Id == header.KeyId)).Take(2).ToList();
        return fit is [var only] ? only : null;
    }
}
