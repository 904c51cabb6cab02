using System.Security.Cryptography;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals.Channels;

/// <summary>One try at a time: asks the channel of a place to show a ticket there, and never longer than a while.</summary>
internal sealed class CardShowing(ReviewChannels channels, CardSights sights, ChannelAlarm alarm, ApprovalDesk desk)
{
    public static readonly TimeSpan TryWithin = TimeSpan.FromSeconds(20);

    public TimeSpan Patience => channels.Patience;

    public IReadOnlyList<NotifyPlace> Fallbacks => channels.Fallbacks;

    public IReadOnlyList<NotifyPlace> PlacesOf(Ticket ticket) => channels.PlacesOf(ticket);

    public static string NewNonce() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    public static TimeSpan Wait(int tries, TimeSpan? asked) => BackOff.Before(tries, asked, Random.Shared.NextDouble());

    public async ValueTask<CardOutcome> ShowAsync(CardTask task, Standing standing, CancellationToken stopping)
    {
        if (channels.Find(task.Place.Channel) is not { } channel) return new CardOutcome.Gone($"no channel {task.Place.Channel} is set up");
        var copy = new CardCopy(sights.Of(standing, null), task.Nonce);
        using var late = sights.After(TryWithin);
        using var within = CancellationTokenSource.CreateLinkedTokenSource(stopping, late.Token);
        try
        {
            var outcome = task.Address is { } address
                ? await channel.UpdateAsync(address, copy, within.Token)
                : await channel.PostAsync(task.Place.Place, copy, within.Token);
            alarm.Tried(task, outcome);
            if (task.Address is null && outcome is CardOutcome.Shown) desk.Notified(standing.Ticket.Id, channel.Name);
            return outcome;
        }
        catch (OperationCanceledException)
        {
            return Failed(task, "no answer in time");
        }
        catch (LedgerUnavailableException)
        {
            return Failed(task, "the ledger, which knows where it is, cannot be read");
        }
    }

    /// <summary>For these places there is no other: only the console tells of the ticket.</summary>
    public void Alarm(Ticket ticket, IReadOnlyList<PlaceTrack> unheard) => alarm.Unheard(ticket, unheard);

    private CardOutcome.Unreachable Failed(CardTask task, string why)
    {
        var outcome = new CardOutcome.Unreachable(why);
        alarm.Tried(task, outcome);
        return outcome;
    }
}
