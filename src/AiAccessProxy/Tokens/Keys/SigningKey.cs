using Microsoft.IdentityModel.Tokens;

namespace AiAccessProxy.Tokens.Keys;

/// <summary>A public key with which an issuer's signatures are checked.</summary>
/// <param name="Algorithms">Those that it may be used with.</param>
internal sealed record SigningKey(string? Id, IReadOnlyList<string> Algorithms, SecurityKey Key)
{
    /// <summary>The channels of the Bot Framework that it may sign for; empty with every other issuer.</summary>
    public IReadOnlyList<string> Endorsements { get; init; } = [];
}
