using System.CommandLine;
using System.Text.RegularExpressions;
using AiAccessProxy.Approvals.Teams.Install;

namespace AiAccessProxy.Commands.Teams;

/// <summary><c>aiaccess teams package</c>: what is uploaded to Microsoft Teams, so that the bot can be installed there.</summary>
internal static partial class TeamsCommand
{
    private const string Words = """
        It is made on this machine, and no server is asked. Upload it in the Teams admin center (Manage apps), or in Teams (Apps, Manage your
        apps), and then add the app to the teams, chats and people that notify: names. docs/teams.md says what comes before.

        Example:
          aiaccess teams package --app-id 00000000-0000-0000-0000-000000000001 --url https://approvals.example.com --out ai-access-teams.zip
        """;

    public static Command Create() => new("teams", "Microsoft Teams as a channel.") { Package() };

    private static Command Package()
    {
        var app = new Option<string>("--app-id") { Description = "Id of the bot's app in Entra ID (teams:microsoftAppId).", HelpName = "id", Required = true };
        var url = new Option<string>("--url") { Description = "Where people reach the console (control:publicUrl).", HelpName = "https URL", Required = true };
        var release = new Option<string>("--release") { Description = "Version of the package; Teams updates to a higher one.", HelpName = "1.0.0", DefaultValueFactory = _ => "1.0.0" };
        var to = new Option<string>("--out") { Description = "The file to write.", HelpName = "file", DefaultValueFactory = _ => "ai-access-teams.zip" };
        var command = new Command("package", "Write the app's manifest and icons as a zip to upload.") { app, url, release, to };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (!Guid.TryParseExact(parsed.GetRequiredValue(app), "D", out var id) || id == Guid.Empty)
                return parsed.Fail(ExitCode.Wrong, "--app-id is no id of an app: write it as Entra ID shows it.");
            if (!Uri.TryCreate(parsed.GetRequiredValue(url), UriKind.Absolute, out var console) || console.Scheme != Uri.UriSchemeHttps || console.PathAndQuery != "/")
                return parsed.Fail(ExitCode.Wrong, "--url is no https address of a console: write it like https://approvals.example.com");
            if (!Release().IsMatch(parsed.GetRequiredValue(release)))
                return parsed.Fail(ExitCode.Wrong, "--release is no version: write it like 1.0.0");
            var file = parsed.GetRequiredValue(to);
            await File.WriteAllBytesAsync(file, AppPackage.Of(new(id, console, parsed.GetRequiredValue(release))), cancellationToken);
            parsed.InvocationConfiguration.Output.WriteLine(TerminalText.Of(file));
            parsed.InvocationConfiguration.Error.WriteLine("Upload it in the Teams admin center, or in Teams under Apps, Manage your apps.");
            return ExitCode.Done;
        });
        return TeachingHelp.On(command, Words);
    }

    [GeneratedRegex(@"\A(0|[1-9][0-9]{0,4})\.(0|[1-9][0-9]{0,4})\.(0|[1-9][0-9]{0,4})\z")]
    private static partial Regex Release();
}
