using System.Diagnostics;

namespace AiAccessProxy.Actions.Bodies;

/// <summary>How much a body may decode to, and how long that may take.</summary>
/// <param name="limit">Bytes.</param>
internal sealed class DecodingBounds(long limit, TimeSpan longest)
{
    public const string TookTooLong = "decompressing the body took too long";

    private readonly long _started = Stopwatch.GetTimestamp();

    public bool IsOver => Stopwatch.GetElapsedTime(_started) > longest;

    public bool IsOverBy(long bytes) => bytes > limit;
}
