namespace AiAccessProxy.Actions;

/// <summary>What the call says about waiting (RFC 7240).</summary>
/// <param name="RespondAsync"><c>respond-async</c>: do not hold the call.</param>
/// <param name="Wait"><c>wait=n</c>: hold it for this long; null when it does not say.</param>
internal readonly record struct Preference(bool RespondAsync, TimeSpan? Wait);
