using System.Globalization;
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

    /// <summary>
    /// The value of Strict-Transport-Security (RFC 6797) for an answer; null for none. Not over plain http under a name that is not the public
    /// one, and not for localhost, which is everybody's on that machine.
    /// </summary>
    public string? InsistenceFor(HttpContext context)
    {
        var isSecure = context.Request.IsHttps || (_public?.Scheme == Uri.UriSchemeHttps && IsPublic(context.Request.Host));
        var isShared = string.Equals(context.Request.Host.Host, "localhost", StringComparison.OrdinalIgnoreCase);
        return isSecure && !isShared && options.Value.Hsts > TimeSpan.Zero
            ? string.Create(CultureInfo.InvariantCulture, $"max-age={options.Value.Hsts.TotalSeconds:0}")
            : null;
    }

    /// <summary>What the plane is called, whatever Host was sent.</summary>
    public Uri AddressOf(HttpContext context) =>
        _public ?? new UriBuilder(context.Request.Scheme, context.Connection.LocalIpAddress?.ToString() ?? "localhost", context.Connection.LocalPort).Uri;

    /// <summary>The origin that a browser names when it stands on our own page; null when the request's Host is not ours.</summary>
    public string? OriginOf(HttpContext context)
    {
        var host = context.Request.Host;
        if (IsPublic(host)) return _public!.GetLeftPart(UriPartial.Authority);

        var connection = context.Connection;
        if (connection.LocalIpAddress is not { } local || (host.Port ?? (context.Request.IsHttps ? 443 : 80)) != connection.LocalPort) return null;
        var address = local.IsIPv4MappedToIPv6 ? local.MapToIPv4() : local;
        var isOurs = IPAddress.TryParse(host.Host.Trim('[', ']'), out var named)
            ? named.Equals(address)
            : string.Equals(host.Host, "localhost", StringComparison.OrdinalIgnoreCase) && IPAddress.IsLoopback(address);
        return isOurs ? $"{context.Request.Scheme}://{host.Value}" : null;
    }

    private bool IsPublic(HostString host) =>
        _public is not null && string.Equals(host.Value, _public.Authority, StringComparison.OrdinalIgnoreCase);
}
