namespace AiAccessProxy.Tokens;

/// <summary>An OpenID provider whose tokens are believed when they are meant for <see cref="Audience"/>.</summary>
/// <param name="Id">What the ledger calls it.</param>
/// <param name="Url">The very text of its tokens' <c>iss</c>; its metadata lies below it.</param>
internal sealed record Issuer(string Id, string Url, string Audience)
{
    private static readonly string[] EntraHosts =
        ["login.microsoftonline.com", "login.microsoftonline.us", "login.partner.microsoftonline.cn", "sts.windows.net"];

    /// <summary>The claim that says for which person an agent acts; null when its tokens do not say.</summary>
    public string? OnBehalfOf { get; init; }

    /// <summary>Where its metadata lies; null where OpenID Connect Discovery 1.0 says.</summary>
    public Uri? Metadata { get; init; }

    /// <summary>What the key of a token has to be endorsed for (<c>endorsements</c> in the Bot Framework's key sets); null: nothing.</summary>
    public string? Endorsement { get; init; }

    /// <summary>The algorithms that it signs with; null: whichever its keys are good for.</summary>
    public IReadOnlyList<string>? Algorithms { get; init; }

    /// <summary>Whether people are told apart by the object id of Entra ID: its <c>sub</c> differs from app to app.</summary>
    public bool IsEntra => EntraHosts.Contains(new Uri(Url).Host, StringComparer.OrdinalIgnoreCase);

    /// <summary>The claim that says which person signed in.</summary>
    public string SubjectClaim => IsEntra ? "oid" : "sub";

    /// <summary>What is wrong with an issuer's URL; null when nothing is.</summary>
    public static string? WhyNoUrl(string text) =>
        !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0 ? "is no URL"
        : url.UserInfo.Length > 0 || text.AsSpan().ContainsAny("?#\\") || text.Any(character => character is <= ' ' or > '~')
            ? "holds more than scheme, host, port and path"
        : !IsTrustworthy(url) ? "is not https, and http proves nothing beyond this machine"
        : null;

    /// <summary>Whoever can change what comes from there can make keys of its own, so it has to be https; on loopback, http serves.</summary>
    public static bool IsTrustworthy(Uri url) => url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback);
}
