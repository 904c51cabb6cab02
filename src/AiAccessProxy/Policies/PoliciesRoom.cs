using AiAccessProxy.Policies.Files;
using AiAccessProxy.Settings;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Policies;

/// <summary>Registers the room.</summary>
internal static class PoliciesRoom
{
    internal static IServiceCollection AddPolicies(this IServiceCollection services, IConfiguration settings)
    {
        services.AddSettings<PolicyOptions>(settings);
        services.AddSingleton(provider => new PolicyStore(First(provider.GetRequiredService<IOptions<PolicyOptions>>().Value)));
        return services.AddHostedService<PolicyWatcher>();
    }

    /// <summary>Wrong policies are wrong settings: the start is refused with all that is wrong.</summary>
    private static PolicySnapshot First(PolicyOptions options) => PolicyFiles.Load(options.Folder, foreign: options.ControlAudiences) switch
    {
        PolicyLoad.Loaded loaded => loaded.Snapshot,
        PolicyLoad.Refused refused =>
            throw new OptionsValidationException("policies", typeof(PolicyOptions), refused.Problems.Select(problem => problem.ToString())),
        _ => throw new InvalidOperationException("A load is loaded or refused."),
    };
}
