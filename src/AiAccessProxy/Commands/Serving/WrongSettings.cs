using AiAccessProxy.Ledger;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Commands.Serving;

/// <summary>
/// Asks every room at once what is wrong with its settings, before anything starts: whoever corrects them should not have to start the
/// program once for each mistake.
/// </summary>
internal static class WrongSettings
{
    /// <exception cref="OptionsValidationException">Something is wrong.</exception>
    public static void Refuse(IServiceProvider services)
    {
        // Rooms that build on each other's settings tell the same mistake.
        if (In(services).Distinct().ToList() is { Count: > 0 } wrong) throw new OptionsValidationException("settings", typeof(WrongSettings), wrong);
    }

    private static IReadOnlyList<string> In(IServiceProvider services) =>
    [
        .. KestrelSwitches.Problems(KestrelSwitches.IsOn),
        .. Told(() =>
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }),
        .. Told(() => services.GetRequiredService<IOptions<LedgerOptions>>().Value.Problems()),
        .. Told(() => services.GetRequiredService<PlaneCertificate>().Read()),
    ];

    private static IReadOnlyList<string> Told(Func<IReadOnlyList<string>> check)
    {
        try
        {
            return check();
        }
        catch (Exception wrong) when (All(wrong).All(IsAboutSettings))
        {
            return [.. All(wrong).SelectMany(one => one is OptionsValidationException options ? options.Failures : [one.Message])];
        }
    }

    private static IReadOnlyList<Exception> All(Exception wrong) => wrong is AggregateException several ? several.Flatten().InnerExceptions : [wrong];

    private static bool IsAboutSettings(Exception wrong) =>
        wrong is OptionsValidationException or InvalidOperationException { InnerException: FormatException };
}
