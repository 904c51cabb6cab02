using System.ComponentModel;
using AiAccessProxy.Settings;

namespace AiAccessProxy.Approvals.Teams;

/// <summary>Settings of the channel Microsoft Teams, section <c>teams</c>, under the names that users of the Bot Framework know.</summary>
internal sealed class TeamsOptions : ISettings
{
    public static string Section => "teams";

    [Description("Id of the bot's app in Entra ID. When it is unset, the channel is off.")]
    public string? MicrosoftAppId { get; set; }

    [Description("How the app is registered.")]
    public MicrosoftAppType MicrosoftAppType { get; set; } = MicrosoftAppType.SingleTenant;

    [Description("Id of the tenant that the app is registered in.")]
    public string? MicrosoftAppTenantId { get; set; }

    [Secret]
    [Description("A client secret of the app. Or give it a certificate; a managed identity has neither.")]
    public string? MicrosoftAppPassword { get; set; }

    [Description("PEM file of a certificate of the app, with its private key or beside it.")]
    public string? MicrosoftAppCertificate { get; set; }

    [Description("PEM file of that certificate's private key; when unset, the key lies in the same file.")]
    public string? MicrosoftAppCertificateKey { get; set; }

    [Description("Ids of the tenants whose people may be reviewers here. When there are none, that of the app alone.")]
    public IList<string> Tenants { get; } = [];

    [Description(
        "What `notify` calls the chats and channels that the bot was added to: `security=19:…@thread.v2`, or for a channel of a team "
        + "`security=(id of the team)/(id of the channel)`. The bot tells a chat's id when it is asked who am i there.")]
    public IList<string> Places { get; } = [];

    [Description("`https://botframework.azure.us` for the clouds of the US government; unset for the public one, with GCC.")]
    public string? ChannelService { get; set; }

    [Description("Where the bot gets its tokens, when that is not what `teams:channelService` and the tenant say.")]
    public string? ToChannelFromBotLoginUrl { get; set; }

    [Description("What the bot asks tokens for, when that is not what `teams:channelService` says.")]
    public string? ToChannelFromBotOAuthScope { get; set; }

    [Description("Who issues the tokens that come from Teams, when that is not what `teams:channelService` says.")]
    public string? ToBotFromChannelTokenIssuer { get; set; }

    [Description("Where that issuer shows its keys, when that is not what `teams:channelService` says.")]
    public string? ToBotFromChannelOpenIdMetadataUrl { get; set; }

    [Description(
        "Talks to the Microsoft 365 Agents Playground **without any authentication**: everybody who reaches the control plane can vote as "
        + "anybody. For trying out on one machine: loopback only.")]
    public bool Playground { get; set; }

    [Description(
        "How many chats and channels the bot remembers to have been added to, beyond those of `teams:places` and people's own chats with it: anybody in "
        + "a tenant can add it to theirs.")]
    public int MaxConversations { get; set; } = 2000;

    [Description("How long one answer of Teams may take.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether there is a channel at all. No setting: those are public.</summary>
    internal bool IsOn => Playground || MicrosoftAppId is not null;

    /// <summary>The tenants whose people may be reviewers.</summary>
    internal IReadOnlyList<Guid> TenantIds() =>
        [.. (Tenants.Count > 0 ? Tenants : MicrosoftAppTenantId is { } own ? [own] : []).Select(tenant => EntraId.TryRead(tenant, out var id) ? id : Guid.Empty)];

    public IEnumerable<string> Problems() => TeamsProblems.Of(this);
}
