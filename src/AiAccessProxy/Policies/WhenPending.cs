namespace AiAccessProxy.Policies;

/// <summary>What an agent gets when its hold ends and nobody has decided.</summary>
internal enum WhenPending
{
    /// <summary>403 <c>approval-pending</c>: not denied, not executed, repeat the identical call.</summary>
    Refuse,

    /// <summary>202 with the task.</summary>
    Accepted,

    /// <summary>503 <c>approval-pending</c> with Retry-After, for SDKs that retry by themselves.</summary>
    Retry,
}
