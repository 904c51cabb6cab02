namespace AiAccessProxy.Actions;

/// <summary>What the agent says about its call in <c>AiAccess-*</c> headers. Claims, never facts: shown as such, never matched.</summary>
internal sealed record Claims(string? Reason, string? Change, string? Commit, string? Prompt, string? Session)
{
    public static Claims None { get; } = new(null, null, null, null, null);
}
