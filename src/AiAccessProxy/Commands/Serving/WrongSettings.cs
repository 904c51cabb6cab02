using AiAccessProxy.Policies;
using AiAccessProxy.Settings;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Commands.Serving;

/// <summary>
/// Asks every room at once what is wrong with its settings, before anything starts: whoever corrects them should not have to start the
/// program once for each mistake.
/// </summary>
internal static class WrongSettings
{
    /// <param name="misspelled">What of the command line is no setting's name and value.</param>
    /// <exception cref="OptionsValidationException">Something is wrong.</exception>
    public static void Refuse(IServiceProvider services, IReadOnlyList<string> misspelled)
    {
        // Rooms that build on each other's settings tell the same mistake.
        if (misspelled.Concat(In(services)).Distinct().ToList() is { Count: > 0 } wrong) throw new OptionsValidationException("settings", typeof(WrongSettings), wrong);
    }

    private static IReadOnlyList<string> In(IServiceProvider services) =>
    [
        .. KestrelSwitches.Problems(KestrelSwitches.IsOn),
        .. services.GetRequiredService<SettingsSources>().Problems,
        .. services.GetRequiredService<SettingsSources>().MisspelledVariables(services.GetRequiredService<SettingsRegistry>()),
        .. services.GetRequiredService<UnknownSettings>().Problems(),
        .. Told(services.GetRequiredService<IStartupValidator>().Validate),
        .. Told(() => services.GetRequiredService<PolicyStore>()),
        .. Told(() => services.GetRequiredService<PlaneCertificates>().OfAgents.Refuse()),
        .. Told(() => services.GetRequiredService<PlaneCertificates>().OfControl.Refuse()),
    ];

    private static IEnumerable<string> Told(Action check)
    {
        try
        {
            check();
            return [];
        }
        catch (Exception wrong) when (All(wrong).All(one => one is OptionsValidationException))
        {
            return [.. All(wrong).Cast<OptionsValidationException>().SelectMany(one => one.Failures)];
        }
    }

    private static IReadOnlyList<Exception> All(Exception wrong) => wrong is AggregateException several ? several.Flatten().InnerExceptions : [wrong];
}
