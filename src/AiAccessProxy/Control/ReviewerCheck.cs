using AiAccessProxy.Control.SignIn.Oidc;
using AiAccessProxy.People;
using AiAccessProxy.Policies;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Control;

/// <summary>Refuses to start when nobody could ever decide: held calls would wait for no one.</summary>
internal sealed class ReviewerCheck(PolicyStore policies, IOptions<ControlOptions> options, IOptions<OidcOptions> oidc, TimeProvider time) : IHostedService
{
    /// <summary>What is wrong, in words an operator can act on; null when somebody can sign in.</summary>
    public string? Problem()
    {
        var people = policies.Current.People;
        var now = time.GetUtcNow();
        return options.Value.Local is { } local
            ? people.Find(local) is null ? $"control:local: people.yaml knows no '{local}'; name one of its people, or add them" : null
            : people.All.Any(person => person.Keys.Any(key => !(key.Expires <= now)) || IsKnownToProvider(person))
                ? null
                : "control: nobody can sign in, so nobody could decide anything: give somebody in people.yaml a key " +
                  "(aiaccess people key create) or an identity of control:oidc:issuer, or start with --local <person>";
    }

    private bool IsKnownToProvider(Person person) => (oidc.Value.ForSignIn ?? oidc.Value.ForApi) is { } issuer
        && person.Identities.Any(identity => Identity.Of(issuer, identity.Subject).Contains(identity));

    public Task StartAsync(CancellationToken cancellationToken) => Problem() is { } problem
        ? throw new OptionsValidationException("control", typeof(ControlOptions), [problem])
        : Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
