namespace AiAccessProxy.Actions;

/// <summary>What came out of reading the head of a request.</summary>
internal abstract record RequestReading
{
    private RequestReading()
    {
    }

    public sealed record Read(RequestHead Head) : RequestReading;

    public sealed record Refused(Unclear Unclear) : RequestReading;
}
