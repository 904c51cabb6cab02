namespace AiAccessProxy.Approvals.Teams;

/// <summary>Who reads what is said in a conversation.</summary>
internal enum ConversationScope
{
    /// <summary>One person.</summary>
    Personal,

    /// <summary>Those who were asked to join.</summary>
    GroupChat,

    /// <summary>Everybody in a team, or in a channel of it.</summary>
    Channel,
}
