namespace AiAccessProxy.Policies.Conditions;

/// <summary>What a value of a rule may refer to: ids of whoever makes the call. They are no secrets.</summary>
internal enum CallReference
{
    /// <summary><c>${on_behalf_of.id}</c>: the person whom the agent acts for. It stands for nothing when it acts for nobody.</summary>
    OnBehalfOf,

    /// <summary><c>${agent.id}</c>.</summary>
    Agent,

    /// <summary><c>${agent.owner}</c>: the person who answers for the agent.</summary>
    Owner,
}
