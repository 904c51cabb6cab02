using System.Text.Json.Nodes;

namespace AiAccessProxy.Approvals.Teams.Connector;

/// <summary>
/// Says things in Teams: the Bot Connector's REST protocol, version 3. Every method sends once; what was not done is the caller's to send
/// again, in the order that it keeps, after <see cref="Channels.BackOff"/>.
/// </summary>
internal sealed class ConnectorClient(ServiceHosts hosts, IConnectorTokens tokens, ConnectorWire wire)
{
    private const int LongestId = 1024;

    /// <summary>Posts an activity; the outcome's activity id is what a card binds to, with the conversation.</summary>
    /// <param name="activity">With <c>type</c>; a card as one of its <c>attachments</c>.</param>
    public ValueTask<ConnectorOutcome> PostAsync(Conversation to, JsonObject activity, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, to, "activities", activity, new(to.Id, ""), cancellationToken);

    /// <summary>Puts an activity in the place of an earlier one, for everybody.</summary>
    public ValueTask<ConnectorOutcome> UpdateAsync(Conversation at, string activityId, JsonObject activity, CancellationToken cancellationToken) =>
        IsId(activityId)
            ? SendAsync(HttpMethod.Put, at, $"activities/{Uri.EscapeDataString(activityId)}", activity, new(at.Id, activityId), cancellationToken)
            : ValueTask.FromResult<ConnectorOutcome>(new ConnectorOutcome.Refused("the activity has an id that no address can hold"));

    /// <summary>Opens the personal chat of the bot and somebody who has it installed, or finds it; nothing is said there.</summary>
    /// <param name="service">A connector of that person's.</param>
    /// <param name="bot">What the bot is called (<c>28:…</c>).</param>
    /// <param name="user">What that connector calls the person (<c>29:…</c>), or their object id.</param>
    public ValueTask<ConnectorOutcome> OpenAsync(Uri service, string tenant, string bot, string user, CancellationToken cancellationToken)
    {
        var wish = new JsonObject
        {
            ["isGroup"] = false,
            ["bot"] = new JsonObject { ["id"] = bot },
            ["members"] = new JsonArray(new JsonObject { ["id"] = user }),
            ["tenantId"] = tenant,
            ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = tenant } },
        };
        return SendAsync(HttpMethod.Post, service, "", wish, null, cancellationToken);
    }

    /// <summary>One that an address can hold as it is: no <c>..</c>, which would lead elsewhere, and nothing endless.</summary>
    public static bool IsId(string id) => id.Length is > 0 and <= LongestId && id.Trim('.').Length > 0 && !id.AsSpan().ContainsAnyInRange('\0', ' ');

    private ValueTask<ConnectorOutcome> SendAsync(
        HttpMethod method, Conversation conversation, string path, JsonObject body, ConnectorOutcome.Posted known, CancellationToken cancellationToken) =>
        IsId(conversation.Id)
            ? SendAsync(method, conversation.Service, $"/{Uri.EscapeDataString(conversation.Id)}/{path}", body, known, cancellationToken)
            : ValueTask.FromResult<ConnectorOutcome>(new ConnectorOutcome.Refused("the conversation has an id that no address can hold"));

    /// <param name="known">What it is about; null for a conversation that is opened.</param>
    private async ValueTask<ConnectorOutcome> SendAsync(
        HttpMethod method, Uri service, string path, JsonObject body, ConnectorOutcome.Posted? known, CancellationToken cancellationToken)
    {
        // Again here: what an earlier version or other settings allowed may stand in the ledger.
        if (!hosts.Allows(service)) return new ConnectorOutcome.Refused($"{service.Host} is no connector of Teams");
        var token = await tokens.FindAsync(cancellationToken);
        if (token is ConnectorToken.Unavailable(var why)) return new ConnectorOutcome.Unreachable($"there is no token to send it with: {why}");
        var address = new Uri($"{service.AbsoluteUri.TrimEnd('/')}/v3/conversations{path}");
        return await wire.SendAsync(method, address, (token as ConnectorToken.Bearer)?.Text, body, known, cancellationToken);
    }
}
