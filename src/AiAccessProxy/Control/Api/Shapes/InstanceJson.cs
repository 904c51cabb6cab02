namespace AiAccessProxy.Control.Api.Shapes;

/// <summary>A process that works on the ledger.</summary>
/// <param name="Policy">Content hash of the rules by which it decides.</param>
/// <param name="Seen">When it last said that it is there.</param>
internal sealed record InstanceJson(string Name, string Version, string Policy, DateTimeOffset Started, DateTimeOffset Seen);
