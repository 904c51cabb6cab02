using AiAccessProxy.Policies;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Approvals.Channels;

/// <summary>The channels that are on, and where in them the reviewers of a ticket are told.</summary>
internal sealed class ReviewChannels(IEnumerable<IReviewChannel> channels, IOptions<ChannelOptions> options, PolicyStore policies)
{
    /// <summary>Nobody needs to hear of a ticket in so many chats; who reviews by dozens has a channel.</summary>
    private const int MostPeople = 20;

    private readonly Dictionary<string, IReviewChannel> _channels = channels.Where(channel => channel.IsOn).ToDictionary(channel => channel.Name);

    public bool IsAny => _channels.Count > 0;

    /// <summary>Where to go when telling fails.</summary>
    public IReadOnlyList<NotifyPlace> Fallbacks => options.Value.Places;

    /// <summary>For how long it may fail before that.</summary>
    public TimeSpan Patience => options.Value.FallbackAfter;

    public IReviewChannel? Find(string name) => _channels.GetValueOrDefault(name);

    /// <summary>Where the ticket's reviewers are told; empty: on the console alone.</summary>
    public IReadOnlyList<NotifyPlace> PlacesOf(Ticket ticket) =>
        [.. (ticket.Notify.Count > 0 ? ticket.Notify : [.. options.Value.Places.Take(1)]).SelectMany(place => Expanded(place, ticket)).Distinct()];

    private IEnumerable<NotifyPlace> Expanded(NotifyPlace place, Ticket ticket)
    {
        if (place.Place != NotifyPlace.Reviewers || Find(place.Channel) is not { } channel) return [place];
        var rules = policies.Current;
        var people = rules.People.All.Select(person => person.Id)
            .Where(person => Entitlement.IsReviewer(ticket, person, rules) && !Entitlement.AnswersForAgent(ticket, person, rules) && channel.Reaches(person))
            .Order(StringComparer.Ordinal).Take(MostPeople).Select(person => NotifyPlace.Of(place.Channel, person)).ToList();
        // Nobody can be reached so: said by the channel, when it does not know the place.
        return people.Count > 0 ? people : [place];
    }
}
