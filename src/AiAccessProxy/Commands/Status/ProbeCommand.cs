using System.CommandLine;
using System.Net.Security;
using System.Net.Sockets;
using AiAccessProxy.Commands.Serving;
using AiAccessProxy.Control;
using AiAccessProxy.Settings;

namespace AiAccessProxy.Commands.Status;

/// <summary><c>aiaccess probe</c>: the health check of a container that has no shell and no key.</summary>
internal static class ProbeCommand
{
    private const string Words = """
        It asks the server of this machine, where control:url says that it listens, without a key: /readyz, or /livez with --live. It ends with 0
        when that answers 200.

        Example:
          aiaccess probe
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var live = new Option<bool>("--live") { Description = "Ask whether the process lives, not whether it is ready." };
        var command = new Command("probe", "Say whether the server of this machine is ready: for containers without a shell.") { live };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellationToken) =>
        {
            var given = ServeSettings.From(parsed.UnmatchedTokens, new Dictionary<string, string?>());
            return given.Problems is [var problem, ..]
                ? Task.FromResult(parsed.Fail(ExitCode.Wrong, problem))
                : AskAsync(parsed, given, parsed.GetValue(live) ? "livez" : "readyz", cancellationToken);
        });
        return TeachingHelp.On(command, Words);
    }

    private static async Task<int> AskAsync(ParseResult parsed, ServeSettings given, string probe, CancellationToken cancellationToken)
    {
        var configuration = new ConfigurationBuilder();
        given.Sources().AddTo(configuration);
        var url = configuration.Build()[$"{ControlOptions.Section}:url"] ?? new ControlOptions().Url;
        if (PlaneSettings.Http(url) is not { } listening) return parsed.Fail(ExitCode.Wrong, $"control:url: '{url}' is no http or https URL");

        var asked = new Uri(Near(listening), probe);
        // As the kubelet does: the certificate names the console, not this machine, and nothing secret is asked or told.
        using var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null },
        };
        using var http = new HttpClient(handler) { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(asked, cancellationToken);
            var words = TerminalText.Of((await answer.Content.ReadAsStringAsync(cancellationToken)).Trim());
            if (!answer.IsSuccessStatusCode) return parsed.Fail(ExitCode.Failed, $"{asked} answers {(int)answer.StatusCode}: {words}");
            await parsed.InvocationConfiguration.Output.WriteLineAsync(words.AsMemory(), cancellationToken);
            return ExitCode.Done;
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or SocketException)
        {
            return parsed.Fail(ExitCode.Failed, $"nothing answers at {asked} ({unreachable.Message})");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return parsed.Fail(ExitCode.Failed, $"{asked} did not answer within {Patience.TotalSeconds:0} s");
        }
    }

    /// <summary>Who listens on every address is asked on the loopback.</summary>
    private static Uri Near(Uri listening) => listening.Host switch
    {
        "0.0.0.0" => new UriBuilder(listening) { Host = "127.0.0.1" }.Uri,
        "[::]" => new UriBuilder(listening) { Host = "[::1]" }.Uri,
        _ => listening,
    };
}
