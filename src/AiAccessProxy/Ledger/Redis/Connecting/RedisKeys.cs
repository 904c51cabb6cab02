using System.Buffers;
using StackExchange.Redis;

namespace AiAccessProxy.Ledger.Redis.Connecting;

/// <summary>Names of keys. All share one hash slot by the tag in braces, so that one script may touch any of them.</summary>
internal sealed class RedisKeys(string prefix)
{
    /// <summary>What a prefix is made of: nothing that would be read as a pattern, another tag or the end of a line.</summary>
    public static SearchValues<char> Plain { get; } =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_");

    /// <summary><c>{ai-access}:records</c>.</summary>
    public RedisKey Of(string name) => TextOf(name);

    public RedisChannel Channel(string name) => TextOf(name);

    private string TextOf(string name) => $"{{{prefix}}}:{name}";
}
