namespace AiAccessProxy.Approvals.Channels;

/// <summary>Where people find the console: what links on cards begin with. The control plane's own word, never a Host header.</summary>
internal sealed record ConsoleAddress(Uri Root);
