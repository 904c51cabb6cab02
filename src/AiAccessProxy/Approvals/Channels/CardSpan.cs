namespace AiAccessProxy.Approvals.Channels;

/// <summary>A stretch of a part of the call.</summary>
internal abstract record CardSpan
{
    private CardSpan()
    {
    }

    /// <summary>Here another value of the field begins.</summary>
    public sealed record Next : CardSpan;

    public sealed record Text(SafeText Sent) : CardSpan;

    /// <summary>A field that a rule redacts: its name, and nothing of it but its length and hash.</summary>
    public sealed record Redacted(SafeText Field, long Length, string Sha256) : CardSpan;
}
