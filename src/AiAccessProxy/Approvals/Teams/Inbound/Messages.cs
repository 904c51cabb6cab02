using System.Diagnostics;

namespace AiAccessProxy.Approvals.Teams.Inbound;

/// <summary>Takes what Teams sends, one activity after another: who sent it was proven before it is read, and what it changes it changes once.</summary>
internal sealed partial class Messages(TurnReader reader, HeardTurns heard, TurnAnswers answers, ILogger<Messages> log)
{
    /// <exception cref="Ledger.LedgerUnavailableException">Nothing was done.</exception>
    public async ValueTask<MessageAnswer> TakeAsync(ReadOnlyMemory<byte> body, ChannelProof proof, CancellationToken cancellationToken)
    {
        switch (reader.Read(body, proof))
        {
            case TurnReading.Read read:
                // Before anything is done, and before anybody could be told that it was.
                if (TurnAnswers.ChangerOf(read.Turn) is { } by && !await heard.IsFirstAsync(read.Turn, read.Id, by, proof.Until)) return new MessageAnswer.Replayed();
                return await answers.AnswerAsync(read.Turn, cancellationToken) ?? (read.IsInvoke ? new MessageAnswer.NotKnown() : new MessageAnswer.Taken(null));
            case TurnReading.Foreign(var why):
                Log.Foreign(log, why);
                return new MessageAnswer.Foreign(why);
            case TurnReading.Unreadable(var why):
                return new MessageAnswer.Unreadable(why);
            default:
                throw new UnreachableException();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "An activity that came with a token of Teams was not taken: {Why}")]
        public static partial void Foreign(ILogger log, string why);
    }
}
