using AiAccessProxy.Policies;
using AiAccessProxy.Settings;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Control.SignIn.Oidc;

/// <summary>Registers sign-in by an OpenID provider.</summary>
internal static class OidcRegistration
{
    public static IServiceCollection AddOidc(this IServiceCollection services, IConfiguration settings)
    {
        services.AddSettings<OidcOptions>(settings);
        // What proves an agent must prove no person: the files are refused, at start and on change, where they share an audience with this plane.
        services.AddOptions<PolicyOptions>().PostConfigure<IOptions<OidcOptions>>((policies, oidc) => policies.ControlAudiences = oidc.Value.Audiences);
        return services
            .AddSingleton<IValidateOptions<OidcOptions>, OidcSurroundings>()
            .AddSingleton<PendingCookie>().AddSingleton<OidcClient>().AddSingleton<PersonTokens>().AddSingleton<OidcExchange>()
            .AddSingleton<OidcDoor>().AddSingleton<OidcEndpoints>().AddSingleton<SignOutEndpoint>();
    }
}
