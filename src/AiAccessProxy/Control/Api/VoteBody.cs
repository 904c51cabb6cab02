namespace AiAccessProxy.Control.Api;

/// <summary><c>{"vote": "approve" | "deny", "reason": …}</c>. Who votes is whose key came with it, never a name in the body.</summary>
/// <param name="Vote"><c>approve</c> or <c>deny</c>.</param>
/// <param name="Reason">At most 1,000 characters. A denial needs one.</param>
internal sealed record VoteBody(string Vote, string? Reason = null);
