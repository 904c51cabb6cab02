namespace AiAccessProxy.Gate;

/// <summary>What one request or agent may take of the agent plane, section <c>gate:limits</c>.</summary>
internal sealed class GateLimits
{
    /// <summary>Bytes of chunk extensions in one body; more is answered 400.</summary>
    public int ChunkExtensions { get; set; } = 4096;

    /// <summary>What is wrong with these settings, each in words an operator can act on.</summary>
    public IEnumerable<string> Problems()
    {
        if (ChunkExtensions < 0) yield return "gate:limits:chunkExtensions: must not be negative";
    }
}
