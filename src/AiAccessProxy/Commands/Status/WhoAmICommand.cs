using System.CommandLine;
using System.Text.Json;
using AiAccessProxy.Commands.Server;
using AiAccessProxy.Commands.Tables;
using AiAccessProxy.Control.Api.Shapes;

namespace AiAccessProxy.Commands.Status;

/// <summary><c>aiaccess whoami</c>: whom the token proves to the running server.</summary>
internal static class WhoAmICommand
{
    private const string Words = """
        Example:
          aiaccess whoami --json | jq -r .id
        """;

    public static Command Create() => new Command("whoami", "Say whom your key proves to the running server.").Asking(Words, asked => asked.GetAsync("whoami"), Tell);

    private static Told Tell(JsonElement body, Screen screen)
    {
        var me = body.As<WhoAmIJson>();
        return new([$"{CellText.Of(me.Id)} ({CellText.Of(me.Name)}), known by {CellText.Of(me.Authenticated)}{(me.Operator ? ", operator" : "")}"]);
    }
}
