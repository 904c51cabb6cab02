using Microsoft.Extensions.Options;

namespace AiAccessProxy.Approvals.Teams.Connector;

/// <summary>Refuses to start with a certificate by which the bot could not prove itself: no card would ever come, and nobody would know why.</summary>
internal sealed class CertificateCheck(IOptions<TeamsOptions> options, TimeProvider time) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var teams = options.Value;
        if (teams.IsOn && teams.MicrosoftAppCertificate is { } file
            && BotCertificate.Read(file, teams.MicrosoftAppCertificateKey, time.GetUtcNow()) is BotCertificate.Unusable(var why))
            throw new OptionsValidationException(TeamsOptions.Section, typeof(TeamsOptions), [why]);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
