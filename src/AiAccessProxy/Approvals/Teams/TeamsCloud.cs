namespace AiAccessProxy.Approvals.Teams;

/// <summary>Where Teams is reached, and by which names, in one of Microsoft's clouds.</summary>
/// <param name="Services">Hosts of connectors (<c>serviceUrl</c>). Nothing is ever sent to another, and with it no token.</param>
/// <param name="AppTenant">Where an app that is known in every tenant gets its tokens.</param>
internal sealed record TeamsCloud(string TokenIssuer, string Metadata, string Login, string AppTenant, string Scope, IReadOnlyList<string> Services)
{
    public const string GovernmentService = "https://botframework.azure.us";

    private static readonly TeamsCloud Public = new(
        "https://api.botframework.com", "https://login.botframework.com/v1/.well-known/openidconfiguration",
        "https://login.microsoftonline.com", "botframework.com", "https://api.botframework.com/.default",
        ["smba.trafficmanager.net", "smba.infra.gcc.teams.microsoft.com"]);

    private static readonly TeamsCloud Government = new(
        "https://api.botframework.us", "https://login.botframework.azure.us/v1/.well-known/openidconfiguration",
        "https://login.microsoftonline.us", "MicrosoftServices.onmicrosoft.us", "https://api.botframework.us/.default",
        ["smba.infra.gov.teams.microsoft.us", "smba.infra.dod.teams.microsoft.us"]);

    /// <param name="channelService">As in <see cref="TeamsOptions.ChannelService"/>.</param>
    public static TeamsCloud? Of(string? channelService) => channelService?.TrimEnd('/').ToLowerInvariant() switch
    {
        null or "" or "https://botframework.com" => Public,
        GovernmentService => Government,
        _ => null,
    };
}
