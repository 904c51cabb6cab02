namespace AiAccessProxy.Approvals.Channels;

/// <summary>
/// Where tickets are shown to reviewers outside of the console: Microsoft Teams, later others. It gives cards its own shape and carries votes to
/// the desk; it decides nothing. When and where a card is shown, and again after every edge, is the delivery's: each call here is one try.
/// </summary>
internal interface IReviewChannel
{
    /// <summary>As <c>notify:</c> names it before the colon: <c>teams</c>.</summary>
    string Name { get; }

    /// <summary>False: it is not set up, and nothing is shown in it.</summary>
    bool IsOn { get; }

    /// <summary>Whether a person can be told alone, as the place <c>person.grace</c>.</summary>
    bool Reaches(string person);

    /// <summary>Shows a ticket for the first time in a place that <c>notify:</c> names after the colon.</summary>
    /// <param name="cancellationToken">Ends the try; it may have been shown all the same.</param>
    ValueTask<CardOutcome> PostAsync(string place, CardCopy copy, CancellationToken cancellationToken);

    /// <summary>Shows how the ticket stands now in the card at <paramref name="address"/>, as <see cref="CardOutcome.Shown"/> gave it.</summary>
    /// <inheritdoc cref="PostAsync"/>
    ValueTask<CardOutcome> UpdateAsync(string address, CardCopy copy, CancellationToken cancellationToken);
}
