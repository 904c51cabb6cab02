namespace AiAccessProxy.Approvals.Teams;

/// <summary>A personal chat, a group chat or a channel in Teams, as its connector names it.</summary>
/// <param name="Service">Where its connector is asked (<c>serviceUrl</c>); only ever a host that is allowed.</param>
/// <param name="Id">In a channel perhaps with a thread: <c>19:…@thread.tacv2;messageid=1700000000000</c>.</param>
/// <param name="Tenant">The tenant of Entra ID that it belongs to; one that is allowed.</param>
internal sealed record Conversation(Uri Service, string Id, ConversationScope Scope, string Tenant)
{
    private const string Thread = ";messageid=";

    /// <summary>The chat or channel itself, whatever the thread.</summary>
    public string Root => Id.IndexOf(Thread, StringComparison.Ordinal) is > 0 and var end ? Id[..end] : Id;
}
