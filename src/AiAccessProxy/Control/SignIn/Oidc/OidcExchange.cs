using System.Net;

namespace AiAccessProxy.Control.SignIn.Oidc;

/// <summary>Finds out who came back from the provider.</summary>
internal sealed partial class OidcExchange(OidcClient client, PersonTokens people, PersonalKeys keys, ILogger<OidcExchange> log)
{
    /// <param name="answer">What the provider sent the browser back with.</param>
    public async ValueTask<OidcOutcome> PersonAsync(IQueryCollection answer, PendingSignIn? pending, IPAddress? address, CancellationToken cancellationToken)
    {
        if (pending is null || answer["state"] is not [{ } state] || !Secret.Same(state, pending.State)) return Refuse(keys.Refuse(ControlProblem.SignInIsVoid));
        if (answer["iss"].Count > 1 || !await client.IsFromAsync(answer["iss"], cancellationToken)) return Refuse(keys.Refuse(ControlProblem.SignInIsVoid));
        if (answer["code"] is not [{ Length: > 0 and <= 4096 } code] || answer.ContainsKey("error")) return Refuse(keys.Refuse(ControlProblem.ProviderRefused));

        // Counted are only tries that make us ask the provider: any page can send a browser here, and must not use up what its person may try.
        if (keys.WaitOf(address) is { } wait) return Refuse(ControlProblem.TooManyTries(wait));
        var outcome = await ExchangeAsync(code, pending, cancellationToken);
        if (outcome is OidcOutcome.Refused(var problem)) keys.Failed(problem, address);
        return outcome;
    }

    private async ValueTask<OidcOutcome> ExchangeAsync(string code, PendingSignIn pending, CancellationToken cancellationToken)
    {
        var (token, why) = await client.ExchangeAsync(code, pending, cancellationToken);
        if (token is not null) return await people.SignInAsync(token, pending.Nonce, cancellationToken);
        Log.NoToken(log, why);
        return Refuse(ControlProblem.ProviderUnavailable);
    }

    private static OidcOutcome.Refused Refuse(ControlProblem problem) => new(problem);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A person who came back from the provider could not be signed in: {Why}")]
        public static partial void NoToken(ILogger log, string why);
    }
}
