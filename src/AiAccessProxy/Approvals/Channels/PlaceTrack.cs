using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals.Channels;

/// <summary>The cards of one ticket in one place: one, but for tries of which nobody knows what became.</summary>
internal sealed record PlaceTrack(NotifyPlace Place)
{
    public IReadOnlyList<CardAttempt> Attempts { get; init; } = [];

    /// <summary>Tries in a row that came to nothing.</summary>
    public int Failures { get; init; }

    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Not before this is anything tried again.</summary>
    public DateTimeOffset? NextTry { get; init; }

    /// <summary>Why nothing will be shown here any more; null while something may.</summary>
    public string? Lost { get; init; }

    /// <summary>Another place was taken in its stead, or none was left and that was said.</summary>
    public bool IsReplaced { get; init; }

    public bool Stands => Attempts.Any(attempt => attempt.Stands);

    public PlaceTrack With(string nonce, Func<CardAttempt, CardAttempt> change) =>
        this with { Attempts = [.. Attempts.Select(attempt => attempt.Nonce == nonce ? change(attempt) : attempt)] };
}
