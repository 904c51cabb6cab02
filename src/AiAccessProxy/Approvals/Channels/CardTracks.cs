using System.Text.Encodings.Web;
using System.Text.Json;
using AiAccessProxy.Ledger;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Approvals.Channels;

/// <summary>The cards of tickets as registers of the ledger, one for each ticket that is told of anywhere.</summary>
internal sealed class CardTracks(ILedger ledger, IOptions<ApprovalOptions> options)
{
    public const string Kind = "cards";

    private const string All = "all";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        IgnoreReadOnlyProperties = true,
    };

    /// <summary>Null: nobody has been told of it. Revision 0 is not there.</summary>
    public async ValueTask<TrackStanding?> ReadAsync(TicketId ticket, CancellationToken cancellationToken) =>
        await ledger.ReadAsync(RegisterOf(ticket), cancellationToken) is { } register ? Of(register) : null;

    /// <summary>Tickets whose cards moved, whoever moved them, from this call on. Hints: they may be lost.</summary>
    public IAsyncEnumerable<TicketId> ChangesAsync() =>
        ledger.ChangesAsync(CancellationToken.None).Where(id => id.Kind == Kind).Select(id => new TicketId(id.Key));

    /// <summary>Those that somebody should look at again.</summary>
    public IAsyncEnumerable<TrackStanding> DueAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        ledger.DueAsync(Kind, before, cancellationToken).Select(Of);

    /// <summary>Those whose ticket is not over, or is and not every card says so.</summary>
    public IAsyncEnumerable<TrackStanding> LiveAsync(CancellationToken cancellationToken) =>
        ledger.LiveAsync(Kind, null, cancellationToken).Select(Of);

    /// <summary>False when somebody was faster; nothing changed then.</summary>
    /// <param name="ended">When the ticket ended, once all is said; null while there may be more to say.</param>
    /// <exception cref="LedgerUnavailableException">It is not known to be so, and must not be acted on.</exception>
    public async ValueTask<bool> TryMoveAsync(TrackStanding? from, CardTrack next, IReadOnlyList<LedgerRecord> records, DateTimeOffset? ended = null)
    {
        var move = new Move(RegisterOf(next.Ticket), from?.Revision ?? 0, JsonSerializer.SerializeToUtf8Bytes(next, Json))
        {
            Due = ended is null ? next.Due : null,
            LiveGroup = ended is null ? All : null,
            // Whoever clicks on a card of an ended ticket is told how it ended for as long as the ticket is known.
            ForgetAfter = ended + (options.Value.KeepEnded > options.Value.KeyWindow ? options.Value.KeepEnded : options.Value.KeyWindow),
        };
        return await ledger.CommitAsync(new(records, [move]), CancellationToken.None) is Outcome.Done;
    }

    private static RegisterId RegisterOf(TicketId ticket) => new(Kind, ticket.Value);

    private static TrackStanding Of(Register register) => new(
        JsonSerializer.Deserialize<CardTrack>(register.State.Span, Json) ?? throw new JsonException("The cards of a ticket are an object, not null."),
        register.Revision, register.IsLive);
}
