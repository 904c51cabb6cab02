using System.Net;

namespace AiAccessProxy.Control.SignIn.Oidc;

/// <summary>Finds out who came back from the provider.</summary>
internal sealed partial class OidcExchange(OidcClient client, PersonTokens people, FailedTries tries, ILogger<OidcExchange> log)
{
    /// <param name="answer">What the provider sent the browser back with.</param>
    public async ValueTask<OidcOutcome> PersonAsync(IQueryCollection answer, PendingSignIn? pending, IPAddress? address, CancellationToken cancellationToken)
    {
        if (pending is null || answer["state"] is not [{ } state] || !Secret.Same(state, pending.State)) return Refuse(ControlProblem.SignInIsVoid);
        if (answer["iss"].Count > 1 || !await client.IsFromAsync(answer["iss"], cancellationToken)) return Refuse(ControlProblem.SignInIsVoid);
        if (answer["code"] is not [{ Length: > 0 and <= 4096 } code] || answer.ContainsKey("error")) return Refuse(ControlProblem.ProviderRefused);

        // Counted are only tries that make us ask the provider: any page can send a browser here, and must not use up what its person may try.
        if (tries.WaitOf(address) is { } wait) return Refuse(ControlProblem.TooManyTries(wait));
        var outcome = await ExchangeAsync(code, pending, cancellationToken);
        if (outcome is OidcOutcome.Refused) tries.Add(address);
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
