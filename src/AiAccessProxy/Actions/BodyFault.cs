namespace AiAccessProxy.Actions;

/// <summary>What was wrong with an agent's body as it came in.</summary>
internal enum BodyFault
{
    /// <summary>It is not framed as HTTP wants it.</summary>
    Malformed,

    /// <summary>It came with fewer bytes a second than it has to, or stopped before its end.</summary>
    TooSlow,
}
