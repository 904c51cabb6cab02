using System.Security.Cryptography;
using System.Text;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Approvals.Teams.Inbound;

/// <summary>
/// Remembers, in the ledger and so for every instance, which activities that change something were heard, for as long as their token would
/// prove them again.
/// </summary>
internal sealed class HeardTurns(ILedger ledger, Records records)
{
    private const string Kind = "teams-turn";

    /// <summary>False for one that was heard before: it does nothing then.</summary>
    /// <exception cref="LedgerUnavailableException">It cannot be remembered, so it must not do anything.</exception>
    public async ValueTask<bool> IsFirstAsync(Turn turn, string activity, Sender.Known by, DateTimeOffset until)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{turn.In.Tenant}\n{turn.In.Root}\n{activity}")));
        var record = records.New(RecordKind.ChannelTurn) with
        {
            Reviewer = new(by.Person.Id, TeamsChannel.Name, by.Authenticated),
            Detail = turn is Turn.Click ? "a click on a card" : "a command",
        };
        var heard = new Move(new(Kind, name), 0, new byte[] { 1 }) { ForgetAfter = until };
        return await ledger.CommitAsync(new([record], [heard]) { IsPersons = true }, CancellationToken.None) switch
        {
            Outcome.Done => true,
            Outcome.Conflict => false,
            var other => throw new LedgerUnavailableException($"The ledger answered {other.GetType().Name} to something that was heard."),
        };
    }
}
