namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>The event upon which a round's proxy is killed.</summary>
internal enum KillPoint
{
    /// <summary>A vote has been sent, and not answered yet.</summary>
    VoteSent,

    /// <summary>A vote has been answered.</summary>
    VoteAnswered,

    /// <summary>A <c>vote.approve</c> has just been written to the ledger.</summary>
    VoteRecorded,

    /// <summary>A <c>ticket.executing</c> has just been written to the ledger: its first byte is about to leave.</summary>
    ExecutingRecorded,

    /// <summary>The upstream has received a call, and not answered it yet.</summary>
    CallReceived,

    /// <summary>An agent has received its answer.</summary>
    AnswerReceived,
}
