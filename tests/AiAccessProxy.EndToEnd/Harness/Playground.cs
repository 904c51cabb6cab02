using System.Globalization;
using Microsoft.Playwright;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>
/// Microsoft's own stand-in for Teams (npm: @microsoft/m365agentsplayground) on a free port: a page in which somebody chats, and a connector.
/// <c>test.sh</c> installs it. Everybody in it has the object id that <see cref="ObjectIdOf"/> says.
/// </summary>
internal sealed class Playground : IAsyncDisposable
{
    public const string Tenant = "abcdefab-0000-4000-8000-000000000001";

    private static readonly string[] People = ["grace", "hugo", "joan", "ada", "mallory", "stranger"];

    private readonly ChildProcess _child;

    private Playground(ChildProcess child, Uri address) => (_child, Address) = (child, address);

    public Uri Address { get; }

    /// <summary>What the program has to be started with.</summary>
    public static IReadOnlyList<string> Settings { get; } = ["--teams:playground", "true", "--teams:tenants", Tenant];

    public static string ObjectIdOf(string person) =>
        string.Create(CultureInfo.InvariantCulture, $"abcdefab-0000-4000-8000-0000000001{Array.IndexOf(People, person):x2}");

    /// <param name="folder">Where its configuration is written.</param>
    /// <param name="proxy">The control plane.</param>
    /// <param name="me">Who chats.</param>
    public static async Task<Playground> StartAsync(string folder, Uri proxy, string me)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, ".m365agentsplayground.yml"), Configuration(me));
        var port = OidcProvider.FreePort().ToString(CultureInfo.InvariantCulture);
        var program = Path.Combine(Built.Root, "tests/Playground/node_modules/@microsoft/m365agentsplayground/cli.js");
        var child = ChildProcess.Start(
            "/bin/sh",
            ["-c", "cd \"$0\" && exec node \"$@\"", folder, program, "start", "-e", new Uri(proxy, "/api/messages").AbsoluteUri, "-c", "msteams", "-p", port, "--dt"]);
        try
        {
            await child.LineAsync("Listening on ");
            return new(child, new Uri($"http://127.0.0.1:{port}/"));
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    /// <summary>Says something in the chat that is open.</summary>
    public static async Task SayAsync(IPage page, string text)
    {
        var box = page.GetByRole(AriaRole.Textbox).First;
        await box.ClickAsync();
        await page.Keyboard.TypeAsync(text);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send Message" }).ClickAsync();
    }

    public ValueTask DisposeAsync() => _child.DisposeAsync();

    private static string Configuration(string me) => $"""
        version: "0.1.1"
        tenantId: {Tenant}
        bot: {"{"} id: "28:bot", name: AI access {"}"}
        currentUser:
        {Indented(Person(me))}
        users:
        {string.Join('\n', People.Where(person => person != me).Select(person => "  -\n" + Indented(Indented(Person(person)))))}
        personalChat: {"{"} id: a-chat-of-{me} {"}"}
        groupChat: {"{"} id: a-group-chat, name: Group Chat {"}"}
        team:
          id: a-team
          name: My Team
          aadGroupId: abcdefab-0000-4000-8000-000000000002
          channels:
            - {"{"} id: a-channel, name: Announcements {"}"}

        """;

    private static string Person(string id) =>
        $"id: user-{id}\nname: {char.ToUpperInvariant(id[0])}{id[1..]}\nuserPrincipleName: {id}@example.com\naadObjectId: {ObjectIdOf(id)}\ngivenName: {id}\nsurname: X\nemail: {id}@example.com";

    private static string Indented(string text) => "  " + text.Replace("\n", "\n  ", StringComparison.Ordinal);
}
