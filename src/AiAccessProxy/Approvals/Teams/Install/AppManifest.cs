using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AiAccessProxy.Approvals.Teams.Chat;

namespace AiAccessProxy.Approvals.Teams.Install;

/// <summary>The manifest by which Teams installs the bot, in the schema of Microsoft's that <see cref="Version"/> names.</summary>
/// <param name="App">Id of the bot's app in Entra ID.</param>
/// <param name="Console">Where the console is; https.</param>
/// <param name="Release">Version of the package, as <c>1.0.0</c>; Teams updates to a higher one.</param>
internal sealed record AppManifest(Guid App, Uri Console, string Release)
{
    public const string Version = "1.22";

    public const string ColorIcon = "color.png";

    public const string OutlineIcon = "outline.png";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Scopes = ["personal", "team", "groupChat"];

    public string ToJson() => new JsonObject
    {
        ["$schema"] = $"https://developer.microsoft.com/json-schemas/teams/v{Version}/MicrosoftTeams.schema.json",
        ["manifestVersion"] = Version,
        ["version"] = Release,
        ["id"] = App.ToString("D"),
        ["developer"] = new JsonObject
        {
            ["name"] = "AI access",
            ["websiteUrl"] = Console.AbsoluteUri,
            ["privacyUrl"] = Console.AbsoluteUri,
            ["termsOfUseUrl"] = Console.AbsoluteUri,
        },
        ["name"] = new JsonObject { ["short"] = "AI access", ["full"] = "AI access: calls of agents that wait for people" },
        ["description"] = new JsonObject
        {
            ["short"] = "Decide what AI agents may do, where you work.",
            ["full"] = "Privileged calls of AI agents wait until people have seen what would be sent. They come here as cards: what, for whom and why; "
                + "approve, or deny with a reason. Only people whom the proxy's policy names decide, and never about an agent of their own.",
        },
        ["icons"] = new JsonObject { ["color"] = ColorIcon, ["outline"] = OutlineIcon },
        ["accentColor"] = AppIcon.Accent,
        ["bots"] = new JsonArray(new JsonObject
        {
            ["botId"] = App.ToString("D"),
            ["scopes"] = Texts(Scopes),
            ["isNotificationOnly"] = false,
            ["supportsFiles"] = false,
            ["supportsCalling"] = false,
            ["supportsVideo"] = false,
            ["commandLists"] = new JsonArray(new JsonObject
            {
                ["scopes"] = Texts(Scopes),
                ["commands"] = new JsonArray([.. BotCommand.Known.Select(one => new JsonObject { ["title"] = one.Typed, ["description"] = one.Does })]),
            }),
        }),
        ["permissions"] = new JsonArray("identity", "messageTeamMembers"),
        ["validDomains"] = new JsonArray(Console.Host),
    }.ToJsonString(Indented) + "\n";

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => JsonValue.Create(text))];
}
