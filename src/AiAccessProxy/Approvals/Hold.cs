using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals;

/// <summary>How long a call waits for people (never past its ticket), and what its agent gets if nobody has decided by then.</summary>
internal readonly record struct Hold(TimeSpan For, WhenPending Then);
