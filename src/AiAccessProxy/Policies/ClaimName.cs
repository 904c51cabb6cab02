namespace AiAccessProxy.Policies;

/// <summary>A claim that a rule may require: <c>AiAccess-Reason</c> and so on.</summary>
internal enum ClaimName
{
    Reason,
    Change,
    Commit,
    Prompt,
    Session,
}
