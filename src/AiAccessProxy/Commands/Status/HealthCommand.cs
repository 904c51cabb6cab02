using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using AiAccessProxy.Commands.Server;
using AiAccessProxy.Commands.Tables;
using AiAccessProxy.Control.Api.Shapes;

namespace AiAccessProxy.Commands.Status;

/// <summary><c>aiaccess health</c>: how the running server fares.</summary>
internal static class HealthCommand
{
    private const string Words = """
        It ends with 0 when all is well and with 1 when somebody has to look, with --json as well.

        Example:
          aiaccess health
        """;

    public static Command Create() => new Command("health", "Say how the running server fares: ledger, policies, channels, suspended agents.")
        .Asking(Words, asked => asked.GetAsync("health"), Tell);

    private static Told Tell(JsonElement body, Screen screen)
    {
        var health = body.As<HealthJson>();
        return new(Lines(health, screen.Now)) { Code = health.Status == "ok" ? ExitCode.Done : ExitCode.Failed };
    }

    private static IEnumerable<string> Lines(HealthJson health, DateTimeOffset now)
    {
        yield return $"status      {CellText.Of(health.Status)}";
        yield return $"instance    {CellText.Of(health.Instance)}, its clock {Moments.Exact(health.Now)}";
        yield return health.LedgerFailingSince is { } failing
            ? $"ledger      cannot record since {Moments.Of(failing, now)}{(health.LedgerWhy is { } why ? $": {TerminalText.Of(why)}" : "")}; nothing passes meanwhile"
            : string.Create(CultureInfo.InvariantCulture, $"ledger      records; read up to {health.LedgerRead}");
        yield return health.PolicyRefusedSince is { } refused
            ? $"policies    wrong since {Moments.Of(refused, now)}, what was in force stays; see 'aiaccess policy show'"
            : "policies    in force as the files say";
        foreach (var place in health.FailingPlaces)
            yield return $"channels    {TerminalText.Of(place.Place)} is not reached since {Moments.Of(place.Since, now)}: {TerminalText.Of(place.Why)}";
        if (health.Observed.Count > 0) yield return $"observed    without effect: {TerminalText.Of(string.Join(", ", health.Observed))}";
        if (health.SuspendedAgents.Count > 0) yield return $"suspended   {TerminalText.Of(string.Join(", ", health.SuspendedAgents))}";
        yield return string.Create(CultureInfo.InvariantCulture, $"listeners   {health.Listeners}");
    }
}
