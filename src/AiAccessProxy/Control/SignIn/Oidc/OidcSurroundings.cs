using AiAccessProxy.Settings;
using AiAccessProxy.Tokens;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Control.SignIn.Oidc;

/// <summary>What sign-in by OpenID Connect needs of the plane around it.</summary>
internal sealed class OidcSurroundings(IOptions<ControlOptions> control) : IValidateOptions<OidcOptions>
{
    public ValidateOptionsResult Validate(string? name, OidcOptions options) =>
        Problems(options, control.Value).ToList() is { Count: > 0 } problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;

    private static IEnumerable<string> Problems(OidcOptions options, ControlOptions plane)
    {
        if (options.Issuer is null) yield break;
        if (plane.Local is not null)
            yield return "control:local: people sign in by control:oidc:issuer, and a link that proves nothing would go past that; leave one of them out";
        if (options.ClientId is null) yield break;
        if (PlaneSettings.Http(plane.PublicUrl) is not { } url)
            yield return "control:publicUrl: the provider sends people back there, so write what they call the console: https://approvals.example.com";
        else if (!Issuer.IsTrustworthy(url))
            yield return $"control:publicUrl: '{plane.PublicUrl}' is not https, and the provider sends what proves a person there";
    }
}
