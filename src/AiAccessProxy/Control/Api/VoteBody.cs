namespace AiAccessProxy.Control.Api;

/// <summary><c>{"vote": "approve" | "deny", "reason": …}</c>. Who votes is whose key came with it, never a name in the body.</summary>
internal sealed record VoteBody(string Vote, string? Reason = null);
