namespace AiAccessProxy.Forwarding.Delivery;

/// <summary>The last that a connection carries of the answer on one HTTP/2 stream.</summary>
/// <param name="IsWhole">Its regular end; otherwise one side broke it off.</param>
internal readonly record struct StreamEnd(int Stream, bool IsWhole);
