using System.Net;
using AiAccessProxy.Approvals.Teams;
using AiAccessProxy.Settings;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Control.Channels;

/// <summary>Refuses to start with a playground that others could reach, and says loudly when there is one.</summary>
internal sealed partial class PlaygroundCheck(IOptions<TeamsOptions> teams, IOptions<ControlOptions> control, ILogger<PlaygroundCheck> log) : IHostedService
{
    public const string Notice =
        "The Teams playground is on: everybody who reaches the control plane can vote as anybody. Their votes are recorded as unverified.";

    /// <summary>What is wrong, in words an operator can act on; null when nothing is.</summary>
    public string? Problem() => !teams.Value.Playground ? null
        : new[] { ("control:url", control.Value.Url), ("control:publicUrl", control.Value.PublicUrl) }
            .Where(one => PlaneSettings.Http(one.Item2) is { } url && !IsLoopback(url))
            .Select(one => $"teams:playground: it proves nobody, so it is for loopback only, and {one.Item1} is {one.Item2}")
            .FirstOrDefault();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (Problem() is { } problem) throw new OptionsValidationException(TeamsOptions.Section, typeof(TeamsOptions), [problem]);
        if (teams.Value.Playground) Log.Playground(log, Notice);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static bool IsLoopback(Uri url) =>
        url.Host == "localhost" || (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Critical, "{Notice}")]
        public static partial void Playground(ILogger log, string notice);
    }
}
