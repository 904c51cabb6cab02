namespace AiAccessProxy.Approvals.Channels;

/// <summary>How much a card may say, in characters.</summary>
/// <param name="Call">Of the call itself: target, fields, headers and body together. What does not fit of these takes Approve from the card.</param>
/// <param name="Words">Of each text that is told beside it: a claim, a reason, why a rule counts.</param>
/// <param name="Lines">Of each list: rules, earlier runs, votes.</param>
internal sealed record CardRoom(int Call, int Words, int Lines);
