using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals;

/// <summary>What a call means to the ticket that an identical one opened before it.</summary>
internal abstract record Repeat
{
    private Repeat()
    {
    }

    /// <summary>The ticket lives: no second card.</summary>
    public sealed record Joins : Repeat;

    /// <summary>What became of the first call is the answer to its repeat.</summary>
    public sealed record Answered(Refused Refused) : Repeat;

    /// <summary>The ticket can be used no more: it ends in <paramref name="Next"/>, and the call is looked at again.</summary>
    public sealed record Ends(Ticket Next) : Repeat;

    /// <summary>It is a call of its own.</summary>
    public sealed record Opens : Repeat;

    /// <param name="others">Other instances decide by other rules, by which the ticket may be just what is asked for.</param>
    public static Repeat Of(Ticket before, Requirement requirement, Epoch epoch, DateTimeOffset at, ApprovalOptions options, bool others = false)
    {
        if (before.Status == TicketStatus.Executing) return new Joins();
        if (TicketMoves.Overdue(before, at, epoch) is Moved.To(var overdue)) return new Ends(overdue);
        if (!before.IsOver)
        {
            return before.Fingerprint == requirement.Fingerprint ? new Joins()
                // It is no consent to this call as it is seen here, and it is not for this instance to end what another one has asked for.
                : others ? new Answered(Refused.Of(before))
                : TicketMoves.Cancel(before, at, Redeciding.Changed) is Moved.To(var cancelled) ? new Ends(cancelled)
                : new Joins();
        }

        var ago = at - before.Ended!.Value;
        return before.Status switch
        {
            TicketStatus.Executed or TicketStatus.Unknown when before.IdempotencyKey is not null =>
                ago < options.KeyWindow ? new Answered(new Refused.AlreadyExecuted(before)) : new Opens(),
            // An agent that has had the answer and calls again means it; one that has not is most likely repeating itself.
            TicketStatus.Executed or TicketStatus.Unknown =>
                before.Execution is not { Delivered: true } && ago < options.RepeatWindow
                    ? new Answered(new Refused.AlreadyExecuted(before))
                    : new Opens(),
            // A "no" is an answer too: whoever asks again at once gets it again, and reviewers get no second card to wave through.
            TicketStatus.Denied when ago < options.RepeatWindow && before.Fingerprint == requirement.Fingerprint =>
                new Answered(new Refused.Ended(before)),
            _ => new Opens(),
        };
    }

    /// <summary>Whether <paramref name="holder"/>, a ticket with the same <c>Idempotency-Key</c>, is for another call and still holds the key.</summary>
    public static bool IsKeyOfAnother(Ticket holder, string digest, DateTimeOffset at, ApprovalOptions options) =>
        holder.Action.Digest != digest && !(holder is { IsOver: true, Ended: { } ended } && at - ended >= options.KeyWindow);
}
