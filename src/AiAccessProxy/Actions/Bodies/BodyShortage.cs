namespace AiAccessProxy.Actions.Bodies;

/// <summary>Why a body finds no room in memory.</summary>
internal enum BodyShortage
{
    /// <summary>The agent's other calls have what the agent may have.</summary>
    OfAgent,

    /// <summary>The calls of all agents together have what there is.</summary>
    OfAll,
}
