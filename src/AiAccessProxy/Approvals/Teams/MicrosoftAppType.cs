namespace AiAccessProxy.Approvals.Teams;

/// <summary>What kind of app the bot is in Entra ID, by the names of the Bot Framework.</summary>
internal enum MicrosoftAppType
{
    /// <summary>Known in its own tenant.</summary>
    SingleTenant,

    /// <summary>Known in every tenant.</summary>
    MultiTenant,

    /// <summary>A managed identity that was assigned to where this program runs.</summary>
    UserAssignedMSI,
}
