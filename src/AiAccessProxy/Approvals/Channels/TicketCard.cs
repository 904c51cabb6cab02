using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals.Channels;

/// <summary>
/// A ticket as a card says it, before any channel gives it its shape. A pure function of the ticket, the rules, the viewer and the time. Whatever is
/// not in the house's own words is <see cref="SafeText"/>; secrets are not in it, because they are not in the ticket.
/// </summary>
internal sealed record TicketCard
{
    public required TicketId Id { get; init; }

    public required TicketStatus Status { get; init; }

    public required Risk Risk { get; init; }

    /// <summary>What the rules call it in words; empty when they do not.</summary>
    public required IReadOnlyList<SafeText> Summary { get; init; }

    /// <summary>Kind of action: <c>payment.refund</c>.</summary>
    public required SafeText? Action { get; init; }

    public required SafeText Route { get; init; }

    public required SafeText Method { get; init; }

    public required CardPart Target { get; init; }

    /// <summary>Scheme, host and port that it would go to; null once the ticket has ended.</summary>
    public required SafeText? Upstream { get; init; }

    /// <summary>Id of the credential that will be added.</summary>
    public required SafeText? Credential { get; init; }

    /// <summary>What the rules want shown first.</summary>
    public required IReadOnlyList<CardPart> Fields { get; init; }

    /// <summary>Headers and body as they will be sent; empty once the ticket has ended.</summary>
    public required IReadOnlyList<CardPart> Call { get; init; }

    /// <summary>Bytes of the call that are not on this card. Above 0 it offers no Approve: nobody approves what they cannot see.</summary>
    public required long Missing { get; init; }

    public required SafeText Agent { get; init; }

    public required SafeText Owner { get; init; }

    public required SafeText? OnBehalfOf { get; init; }

    /// <summary>The agent's own words, which nobody has checked, by the name of the claim, which is the house's.</summary>
    public required IReadOnlyList<(string Name, SafeText Words)> Claims { get; init; }

    public required IReadOnlyList<CardRule> Rules { get; init; }

    public required IReadOnlyList<EarlierRun> Earlier { get; init; }

    /// <summary><c>1 of 2, still needs 1 from security</c>.</summary>
    public required SafeText Progress { get; init; }

    public required IReadOnlyList<CardVote> Votes { get; init; }

    public required DateTimeOffset Opened { get; init; }

    public required DateTimeOffset DecideBy { get; init; }

    public required DateTimeOffset? UseBy { get; init; }

    public required DateTimeOffset? Ended { get; init; }

    /// <summary>Why it ended, perhaps in a reviewer's words.</summary>
    public required SafeText? Because { get; init; }

    /// <summary>What the upstream answered.</summary>
    public required int? UpstreamStatus { get; init; }

    /// <summary>The ticket's page on the console.</summary>
    public required Uri Page { get; init; }

    /// <summary>Null: for everybody in a place.</summary>
    public required CardViewer? Viewer { get; init; }

    /// <summary>It can still be decided, as far as the clock is known here.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>Letters of the call that run from right to left stand on the card as escapes.</summary>
    public bool IsSpelledOut => OfTheCall.Any(text => text.IsSpelledOut);

    /// <summary>False where somebody may click all the same: whether a vote counts is the desk's to say.</summary>
    public bool OffersApprove => IsOpen && Missing == 0 && (Viewer is null or { MayApprove: true });

    public bool OffersDeny => IsOpen && (Viewer is null or { MayDeny: true });

    private IEnumerable<SafeText> OfTheCall =>
    [
        Action ?? default, Because ?? default, .. Summary, .. Claims.Select(claim => claim.Words), .. Rules.SelectMany(rule => rule.Because),
        .. Fields.Concat(Call).Append(Target).SelectMany(part => part.Spans.OfType<CardSpan.Text>().Select(span => span.Sent).Append(part.Name)),
    ];
}
