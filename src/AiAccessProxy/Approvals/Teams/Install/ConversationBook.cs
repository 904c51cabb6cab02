using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AiAccessProxy.Approvals.Teams.Inbound;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Approvals.Teams.Install;

/// <summary>
/// Where the bot may say something: one register of the ledger for each conversation, so that a restart or another instance knows them too. What
/// has ended cannot live again in the ledger, so a removal is a state of the register and not its end: bots are installed again.
/// </summary>
internal sealed class ConversationBook(ILedger ledger, Records records, PolicyStore policies, IOptions<TeamsOptions> options)
{
    public const string Kind = "teams-conversation";

    private const string Everywhere = "all";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    /// <summary>
    /// The bot was installed. Nothing happens when that is known. Anybody in a tenant can add it to chats of their own, so there is room for so many
    /// (a few more when they come at once); those that the settings name, and chats of people who are known, always find theirs.
    /// </summary>
    /// <returns>False: there is no room for it.</returns>
    public async ValueTask<bool> InstalledAsync(Turn.Installed turn, CancellationToken cancellationToken)
    {
        if (!IsExpected(turn) && await ledger.ReadAsync(RegisterOf(turn.In), cancellationToken) is null && await IsFullAsync(cancellationToken)) return false;
        await MoveAsync(
            turn.In,
            known => known is { IsThere: true } && known.In == turn.In with { Id = turn.In.Root } && known.Around == turn.Around
                ? null
                : new(turn.In with { Id = turn.In.Root }, turn.Around, IsThere: true, records.Now),
            RecordKind.ChannelInstalled, cancellationToken);
        return true;
    }

    /// <summary>The bot was removed, or the conversation is gone: nothing is said there any more.</summary>
    public ValueTask RemovedAsync(Conversation conversation, CancellationToken cancellationToken) => MoveAsync(
        conversation, known => known is { IsThere: true } ? known with { IsThere = false, Since = records.Now } : null, RecordKind.ChannelRemoved, cancellationToken);

    /// <summary>Where the bot is now.</summary>
    public async IAsyncEnumerable<KnownConversation> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var register in ledger.LiveAsync(Kind, Everywhere, cancellationToken))
            if (Read(register) is { IsThere: true } known)
                yield return known;
    }

    /// <summary>Ids of registers of conversations that moved, from this call on; a hint.</summary>
    public IAsyncEnumerable<RegisterId> ChangesAsync(CancellationToken cancellationToken) =>
        ledger.ChangesAsync(cancellationToken).Where(id => id.Kind == Kind);

    /// <summary>Null when the bot is not there.</summary>
    public async ValueTask<KnownConversation?> FindAsync(Conversation conversation, CancellationToken cancellationToken) =>
        await ledger.ReadAsync(RegisterOf(conversation), cancellationToken) is { } register && Read(register) is { IsThere: true } known ? known : null;

    private bool IsExpected(Turn.Installed turn) =>
        options.Value.Places.Select(NamedPlace.Read).Any(place => place is not null && (place.Installed == turn.In.Root || place.Installed == turn.Around.Team))
        || (turn.In.Scope == ConversationScope.Personal && EntraId.TryRead(turn.Around.ObjectId, out var id) && policies.Current.People.FindInEntra(id) is not null);

    /// <summary>Those that the bot was removed from count too: they are registers like others.</summary>
    private async ValueTask<bool> IsFullAsync(CancellationToken cancellationToken) =>
        await ledger.LiveCountAsync(Kind, Everywhere, cancellationToken) >= options.Value.MaxConversations;

    private async ValueTask MoveAsync(
        Conversation conversation, Func<KnownConversation?, KnownConversation?> choose, string kind, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < Tickets.MaxTries; tries++)
        {
            var register = await ledger.ReadAsync(RegisterOf(conversation), cancellationToken);
            if (choose(register is null ? null : Read(register)) is not { } next) return;
            var record = records.New(kind) with { Detail = $"{TeamsChannel.Name}: {Records.Lower(next.In.Scope)} {next.In.Id}" };
            var move = new Move(RegisterOf(conversation), register?.Revision ?? 0, JsonSerializer.SerializeToUtf8Bytes(next, Options)) { LiveGroup = Everywhere };
            if (await ledger.CommitAsync(new([record], [move]), CancellationToken.None) is Outcome.Done) return;
        }

        throw new LedgerUnavailableException($"A conversation of Teams was moved by others {Tickets.MaxTries} times in a row.");
    }

    private static RegisterId RegisterOf(Conversation conversation) =>
        new(Kind, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{conversation.Tenant}\n{conversation.Root}"))));

    private static KnownConversation Read(Register register) =>
        JsonSerializer.Deserialize<KnownConversation>(register.State.Span, Options) ?? throw new JsonException("A conversation is an object, not null.");
}
