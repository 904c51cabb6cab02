using AiAccessProxy.Settings;
using AiAccessProxy.Tokens.Keys;

namespace AiAccessProxy.Tokens;

/// <summary>Registers the room.</summary>
internal static class TokensRoom
{
    public static IServiceCollection AddTokens(this IServiceCollection services, IConfiguration settings)
    {
        return services
            .AddSettings<TokenOptions>(settings)
            .AddSingleton<ProviderClient>()
            .AddSingleton<Providers>()
            .AddSingleton<TokenRefusals>()
            .AddSingleton<TokenValidation>();
    }
}
