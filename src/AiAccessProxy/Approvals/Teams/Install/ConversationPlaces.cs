using AiAccessProxy.Approvals.Teams.Cards;
using AiAccessProxy.People;
using AiAccessProxy.Policies;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Approvals.Teams.Install;

/// <summary>
/// Places of <c>notify</c>: somebody's own chat with the bot, or what <c>teams:places</c> gives a name. Who may name a place decides who reads
/// what agents want to do, so that is a setting, and no word in a chat.
/// </summary>
internal sealed class ConversationPlaces(ConversationBook book, ConversationWatch watch, PolicyStore policies, IOptions<TeamsOptions> options) : IConversationPlaces
{
    public const string OfPerson = "person.";

    /// <summary>The most that a card's <c>refresh</c> may name.</summary>
    private const int MostUsers = 60;

    private readonly IReadOnlyDictionary<string, NamedPlace> _named =
        options.Value.Places.Select(NamedPlace.Read).OfType<NamedPlace>().DistinctBy(place => place.Name).ToDictionary(place => place.Name, StringComparer.Ordinal);

    public bool Reaches(string person) => watch.Known.Any(known => PersonOf(known)?.Id == person);

    public async ValueTask<Conversation?> FindAsync(string place, CancellationToken cancellationToken)
    {
        var person = place.StartsWith(OfPerson, StringComparison.Ordinal) ? place[OfPerson.Length..] : null;
        var named = person is null ? _named.GetValueOrDefault(place) : null;
        if (options.Value.Playground && named is null && place == PlaygroundPlace.Name) return await LastAsync(cancellationToken);
        await foreach (var known in book.AllAsync(cancellationToken))
        {
            if (person is not null ? PersonOf(known)?.Id == person : named is not null && Is(named, known))
                return named is null ? known.In : known.In with { Id = named.Conversation };
        }

        return null;
    }

    public IReadOnlyList<string> UsersOf(Ticket ticket)
    {
        var rules = policies.Current;
        return
        [
            .. watch.Known
                .Where(known => known.Around.User is not null && PersonOf(known) is { } person
                    && (Entitlement.IsReviewer(ticket, person.Id, rules) || Entitlement.AnswersForAgent(ticket, person.Id, rules)))
                .Select(known => known.Around.User!).Distinct().Take(MostUsers),
        ];
    }

    /// <summary>Who adds the bot to a team in one of its channels adds it to the team: Teams names either.</summary>
    private static bool Is(NamedPlace named, KnownConversation known) =>
        known.In.Scope != ConversationScope.Personal && (named.Installed == known.In.Id || (known.Around.Team is { } team && named.Installed == team));

    private async ValueTask<Conversation?> LastAsync(CancellationToken cancellationToken)
    {
        KnownConversation? last = null;
        await foreach (var known in book.AllAsync(cancellationToken))
            if (last is null || known.Since > last.Since)
                last = known;
        return last?.In;
    }

    private Person? PersonOf(KnownConversation known) =>
        known.In.Scope == ConversationScope.Personal && EntraId.TryRead(known.Around.ObjectId, out var id) ? policies.Current.People.FindInEntra(id) : null;
}
