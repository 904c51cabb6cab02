namespace AiAccessProxy.Actions;

/// <summary>What came out of reading a request target.</summary>
internal abstract record TargetReading
{
    private TargetReading()
    {
    }

    public sealed record Read(CanonicalTarget Target) : TargetReading;

    public sealed record Refused(Unclear Unclear) : TargetReading;
}
