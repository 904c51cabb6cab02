using AiAccessProxy.Approvals.Channels;
using AiAccessProxy.Approvals.Teams.Inbound;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Approvals.Teams.Cards;

/// <summary>
/// Puts attempts to decide that never came to the desk on record: a click on a copy of a card elsewhere, or by somebody unknown. Who, where and why;
/// so many a minute, and the rest is counted, since cards can be copied and clicked by programs.
/// </summary>
internal sealed class RefusedClicks(ApprovalDesk desk, ILedger ledger, Records records, RefusalCounter counter)
{
    /// <summary>As which the rest is counted.</summary>
    public const string Kind = "teams-click";

    /// <summary>A minute, of one person.</summary>
    public const int MostEach = 5;

    /// <summary>A minute, of all together.</summary>
    public const int MostOfAll = 60;

    private const int Room = 200;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _tries = new(StringComparer.Ordinal);
    private DateTimeOffset _until;

    /// <exception cref="LedgerUnavailableException">It is not on record.</exception>
    public async ValueTask RecordAsync(Turn.Click click, string why, CancellationToken cancellationToken)
    {
        var (reviewer, stranger) = click.By switch
        {
            Sender.Known(var person, var authenticated) => (new RecordedReviewer(person.Id, TeamsChannel.Name, authenticated), null),
            Sender.Nobody nobody => ((RecordedReviewer?)null, $"{nobody.ObjectId:D} of Entra ID"),
            _ => throw new InvalidOperationException("A sender is known or nobody."),
        };
        if (!HasRoom(reviewer?.Id ?? stranger!))
        {
            counter.Count(Kind);
            return;
        }

        var ticket = CardData.Of(click.Data) is { } data ? await desk.FindAsync(data.Ticket, cancellationToken) : null;
        var record = ticket is null ? records.New(RecordKind.VoteRefused) : records.About(ticket, RecordKind.VoteRefused);
        var place = $"{Records.Lower(click.In.Scope)} {SafeText.Of(click.In.Root, Room)}, activity {SafeText.Of(click.Card, Room)}";
        await ledger.AppendAsync(
            record with { Reviewer = reviewer, Detail = $"a click in {place}{(stranger is null ? "" : $" by {stranger}")}: {why}" }, CancellationToken.None);
    }

    private bool HasRoom(string who)
    {
        lock (_lock)
        {
            if (records.Now >= _until)
            {
                _tries.Clear();
                _until = records.Now + TimeSpan.FromMinutes(1);
            }

            var tries = _tries.GetValueOrDefault(who);
            if (tries >= MostEach || _tries.Values.Sum() >= MostOfAll) return false;
            _tries[who] = tries + 1;
            return true;
        }
    }
}
