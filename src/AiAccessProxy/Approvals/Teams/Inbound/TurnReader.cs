using System.Text.Json;
using AiAccessProxy.Approvals.Teams.Connector;
using AiAccessProxy.Policies;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Approvals.Teams.Inbound;

/// <summary>
/// Reads an activity in its one reading: from a connector that is allowed and that the token was issued for, of Teams, of a tenant that is
/// allowed. Who somebody is, is their tenant and object id; what else an activity says of them is not looked at.
/// </summary>
internal sealed class TurnReader(IOptions<TeamsOptions> options, ServiceHosts hosts, PolicyStore policies)
{
    public const int MaxBytes = 256 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 48 };

    private readonly IReadOnlyList<Guid> _tenants = options.Value.TenantIds();

    public TurnReading Read(ReadOnlyMemory<byte> body, ChannelProof proof)
    {
        if (Parse(body) is not { } activity) return new TurnReading.Unreadable("It is not one JSON object, each member once.");
        if (activity.Text("type") is not { } type) return new TurnReading.Unreadable("It has no type.");
        if (activity.Text("channelId") != ChannelTokens.Channel) return new TurnReading.Foreign("It is not of the channel msteams.");

        var serviceUrl = activity.Text("serviceUrl");
        if (hosts.Read(serviceUrl) is not { } service) return new TurnReading.Foreign("Its serviceUrl is no connector of Teams.");
        if (proof.ServiceUrl is { } issuedFor ? issuedFor != serviceUrl : !options.Value.Playground)
            return new TurnReading.Foreign("Its serviceUrl is not the one that its token was issued for.");

        if (activity.Text("id") is not { } id || !ConnectorClient.IsId(id)) return new TurnReading.Unreadable("It has no id.");
        if (activity.Object("conversation") is not { } conversation || conversation.Text("id") is not { } where || !ConnectorClient.IsId(where))
            return new TurnReading.Unreadable("It has no conversation.");
        if (ScopeOf(conversation) is not { } scope) return new TurnReading.Unreadable("Its conversation is neither personal, a group chat nor a channel.");
        if (TenantOf(activity, conversation) is not { } tenant) return new TurnReading.Foreign("It is not of one tenant that is allowed here.");

        var from = activity.Object("from");
        var person = EntraId.TryRead(from?.Text("aadObjectId"), out var objectId) ? objectId : (Guid?)null;
        if (type is "message" or "invoke" && person is null) return new TurnReading.Foreign("It does not say which object in Entra ID sent it.");
        var turns = new TurnKinds(activity, new(service, where, scope, tenant.ToString("D")), person is { } known ? SenderOf(known) : null);
        return turns.Of(type) is { } turn
            ? new TurnReading.Read(turn, id, type == "invoke")
            : new TurnReading.Unreadable("It is a click without the card that was clicked, or without a verb.");
    }

    private static ActivityJson? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object && IsReadable(document.RootElement) ? new(document.RootElement.Clone()) : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // The second: half a character as an escape (\ud800) passes the parser and fails when it is read.
            return null;
        }
    }

    private static bool IsReadable(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().All(member => member.Name is not null && IsReadable(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().All(IsReadable),
        JsonValueKind.String => element.GetString() is not null,
        _ => true,
    };

    private static ConversationScope? ScopeOf(ActivityJson conversation) => conversation.Text("conversationType") switch
    {
        "personal" => ConversationScope.Personal,
        "groupChat" => ConversationScope.GroupChat,
        "channel" => ConversationScope.Channel,
        _ => null,
    };

    /// <summary>Every place that names a tenant has to name the same, and the sender's own has to be allowed too: guests of others do not decide.</summary>
    private Guid? TenantOf(ActivityJson activity, ActivityJson conversation)
    {
        var from = activity.Object("from");
        if (!Is(activity.Object("channelData")?.Object("tenant")?.Text("id"), out var tenant)) return null;
        if (conversation.Has("tenantId") && (!Is(conversation.Text("tenantId"), out var second) || second != tenant)) return null;
        if (from?.Has("tenantId") == true && !Is(from?.Text("tenantId"), out _)) return null;
        return tenant;

        bool Is(string? text, out Guid id) => EntraId.TryRead(text, out id) && _tenants.Contains(id);
    }

    private Sender SenderOf(Guid objectId) => policies.Current.People.FindInEntra(objectId) is { } person
        ? new Sender.Known(person, options.Value.Playground ? Ballot.Local : "entra")
        : new Sender.Nobody($"You are not among the people that this proxy knows. Whoever runs it can add you to people.yaml: entra: {objectId:D}") { ObjectId = objectId };
}
