using Microsoft.Extensions.Options;

namespace AiAccessProxy.Approvals.Teams;

/// <summary>
/// Which connectors are spoken to. An activity names the one that it came from, and whatever is sent there carries a token of the bot: an
/// address that anybody could choose would hand it to them.
/// </summary>
internal sealed class ServiceHosts(IOptions<TeamsOptions> options)
{
    private readonly bool _isPlayground = options.Value.Playground;
    private readonly IReadOnlyList<string> _hosts = TeamsCloud.Of(options.Value.ChannelService)?.Services ?? [];

    /// <summary>Null for an address that nothing is sent to.</summary>
    public Uri? Read(string? serviceUrl) => Uri.TryCreate(serviceUrl, UriKind.Absolute, out var service) && Allows(service) ? service : null;

    public bool Allows(Uri service) =>
        service.UserInfo.Length == 0 && service.Query.Length == 0 && service.Fragment.Length == 0
        && (_isPlayground
            ? service.Scheme == Uri.UriSchemeHttp && service.IsLoopback
            : service.Scheme == Uri.UriSchemeHttps && service.IsDefaultPort && _hosts.Contains(service.IdnHost, StringComparer.OrdinalIgnoreCase));
}
