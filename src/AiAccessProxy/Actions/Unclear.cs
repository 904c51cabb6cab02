namespace AiAccessProxy.Actions;

/// <summary>
/// What upstreams are known to read in more than one way: refused at once, or a doubt that a route or rule may accept by name
/// (<see cref="OptIns"/>). <paramref name="Detail"/> tells the call's author what to send instead.
/// </summary>
internal sealed record Unclear(Ambiguity Kind, string Detail);
