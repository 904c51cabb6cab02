namespace AiAccessProxy.Approvals.Channels;

/// <summary>One try to show a ticket's card for the first time. It is on record before it is made, so that whatever comes of it is known as the house's own.</summary>
/// <param name="Nonce">Of the copy; 32 hex digits.</param>
internal sealed record CardAttempt(string Nonce)
{
    /// <summary>Null: it is not known whether it was shown (the try is on its way, or whoever made it died, or got no answer).</summary>
    public string? Address { get; init; }

    /// <summary>The ticket's revision that it says; 0 when that is not known.</summary>
    public long Says { get; init; }

    /// <summary>It is not there any more, or cannot be changed any more.</summary>
    public bool IsGone { get; init; }

    public bool Stands => Address is not null && !IsGone;
}
