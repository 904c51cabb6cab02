namespace AiAccessProxy.Control.Api.Shapes;

/// <summary>An agent as the policy files have it, and what was decided about it since.</summary>
/// <param name="Owner">Id of the person who answers for it.</param>
/// <param name="LiveTickets">Its tickets that are pending, approved or executing.</param>
/// <param name="MayStop">Whether whoever asks may suspend it and revoke its keys.</param>
/// <param name="MayLet">Whether whoever asks may resume it, and make and rotate its keys.</param>
internal sealed record AgentJson(
    string Id, string Owner, IReadOnlyList<string> Groups, SuspensionJson? Suspended, IReadOnlyList<KeyJson> Keys, ActivityJson Today,
    int LiveTickets, bool MayStop, bool MayLet);
