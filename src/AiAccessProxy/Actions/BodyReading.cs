using AiAccessProxy.Actions.Bodies;

namespace AiAccessProxy.Actions;

/// <summary>What came out of reading a request's body.</summary>
internal abstract record BodyReading
{
    private BodyReading()
    {
    }

    public sealed record Read(ActionBody Body) : BodyReading;

    /// <summary>More than <paramref name="Limit"/> bytes, as sent or decompressed. Answered 413, and nothing of it is used.</summary>
    public sealed record TooLarge(long Limit) : BodyReading;

    /// <summary>There is no room for it in memory now. Answered at once, and nothing of it is used.</summary>
    public sealed record NoRoom(BodyShortage Shortage) : BodyReading;

    /// <summary>It came more slowly than the server waits for.</summary>
    public sealed record TooSlow : BodyReading;

    /// <summary>The body is not framed as HTTP wants it.</summary>
    public sealed record Refused(Unclear Unclear) : BodyReading;

    /// <summary>The agent left before the body was there whole; nobody waits for an answer.</summary>
    public sealed record ClientGone : BodyReading;
}
