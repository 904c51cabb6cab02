using AiAccessProxy.People;

namespace AiAccessProxy.Approvals.Teams.Inbound;

/// <summary>Who said or clicked something in Teams. Proven by their tenant and object id, never by a name.</summary>
internal abstract record Sender
{
    private Sender()
    {
    }

    /// <param name="Authenticated">How it is known, for records: <c>entra</c>, or <see cref="Ballot.Local"/> where nothing proves it.</param>
    public sealed record Known(Person Person, string Authenticated) : Sender;

    /// <summary>Somebody who decides nothing here.</summary>
    /// <param name="Why">In words for them.</param>
    public sealed record Nobody(string Why) : Sender
    {
        /// <summary>Their object id in Entra ID.</summary>
        public Guid ObjectId { get; init; }
    }
}
