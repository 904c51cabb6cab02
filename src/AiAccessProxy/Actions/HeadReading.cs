namespace AiAccessProxy.Actions;

/// <summary>What came out of reading a request's head as its route wants it.</summary>
internal abstract record HeadReading
{
    private HeadReading()
    {
    }

    public sealed record Read(ActionHead Head, Preference Preference) : HeadReading;

    public sealed record Refused(Unclear Unclear) : HeadReading;
}
