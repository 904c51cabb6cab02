using System.Net;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Control.Guarding;

/// <summary>
/// Which names of the control plane a request may use. A page elsewhere can make its own name resolve to this address (DNS rebinding) and
/// would then be the same origin as the console; it cannot make the browser send another Host.
/// </summary>
internal sealed class OwnAuthority(IOptions<ControlOptions> options)
{
    private readonly Uri? _public = options.Value.PublicUrl is { } url ? new Uri(url) : null;

    /// <summary>Whether browsers reach the console by https, so that its cookie can insist on it.</summary>
    public bool IsSecure(HttpContext context) => context.Request.IsHttps || _public?.Scheme == Uri.UriSchemeHttps;

    /// <summary>The origin that a browser names when it stands on our own page; null when the request's Host is not ours.</summary>
    public string? OriginOf(HttpContext context)
    {
        var host = context.Request.Host;
        if (_public is not null && string.Equals(host.Value, _public.Authority, StringComparison.OrdinalIgnoreCase))
            return _public.GetLeftPart(UriPartial.Authority);

        var connection = context.Connection;
        if (connection.LocalIpAddress is not { } local || (host.Port ?? (context.Request.IsHttps ? 443 : 80)) != connection.LocalPort) return null;
        var address = local.IsIPv4MappedToIPv6 ? local.MapToIPv4() : local;
        var isOurs = IPAddress.TryParse(host.Host.Trim('[', ']'), out var named)
            ? named.Equals(address)
            : string.Equals(host.Host, "localhost", StringComparison.OrdinalIgnoreCase) && IPAddress.IsLoopback(address);
        return isOurs ? $"{context.Request.Scheme}://{host.Value}" : null;
    }
}
