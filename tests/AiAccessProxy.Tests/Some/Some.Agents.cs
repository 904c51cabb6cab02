using System.Security.Cryptography;
using System.Text;
using AiAccessProxy.Agents;
using AiAccessProxy.Tokens;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Tests;

internal static partial class Some
{
    public static Agent Agent(string id = "billing-bot", string owner = "ada") => new(id, owner, []);

    public static Caller Caller(string agent = "billing-bot", string? onBehalfOf = null) => new(Agent(agent), onBehalfOf, "key:k1");

    /// <summary>The caller that <paramref name="secret"/> proves by <see cref="AgentKey"/>.</summary>
    public static Caller CallerBy(string secret, string agent = "billing-bot", string? onBehalfOf = null) =>
        Caller(agent, onBehalfOf) with { KeySha256 = AgentKey(secret).Sha256 };

    /// <summary>A key as <c>agents.yaml</c> states it, from its secret text.</summary>
    public static AgentKey AgentKey(string secret, string id = "k1", DateTimeOffset? expires = null, string? onBehalfOf = null) =>
        new(id, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret))), expires, onBehalfOf);

    /// <summary>Tells callers by their keys, and by tokens of issuers that are there.</summary>
    public static AgentIdentification Identification(TimeProvider time)
    {
        var settings = Options.Create(new TokenOptions());
        var refusals = new TokenRefusals(time, NullLogger<TokenRefusals>.Instance);
        return new(new(new(new(settings, time), settings, time), refusals, time), refusals, time);
    }
}
