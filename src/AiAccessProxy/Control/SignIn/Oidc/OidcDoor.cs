using Microsoft.Extensions.Options;

namespace AiAccessProxy.Control.SignIn.Oidc;

/// <summary>Whether people come in by the provider at all, and what they come in to.</summary>
internal sealed partial class OidcDoor(IOptions<OidcOptions> options, Entry entry, ILogger<OidcDoor> log)
{
    public bool IsOpen => options.Value.ForSignIn is not null;

    public ValueTask LetInAsync(HttpContext context, string person, SessionProof proof) =>
        entry.BeginAsync(context, person, $"oidc:{new Uri(options.Value.Issuer!).Host}", proof);

    public void TellClosed(string why) => Log.Closed(log, why);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Nobody can sign in by the provider: {Why}")]
        public static partial void Closed(ILogger log, string why);
    }
}
