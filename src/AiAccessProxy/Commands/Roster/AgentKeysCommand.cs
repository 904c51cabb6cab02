using System.CommandLine;
using System.Text.Json;
using AiAccessProxy.Commands.Completing;
using AiAccessProxy.Commands.Server;
using AiAccessProxy.Commands.Tables;
using AiAccessProxy.Control.Api.Shapes;

namespace AiAccessProxy.Commands.Roster;

/// <summary><c>aiaccess agents keys …</c>: an agent's keys at the running server. <c>agents key create</c>, without a server, is another command.</summary>
internal static class AgentKeysCommand
{
    private const string ListWords = """
        Example:
          aiaccess agents keys list billing-bot
        """;

    private const string CreateWords = """
        The server makes the key and keeps only its hash; no file changes. The output is the key and nothing else, and it is told this once.
        Operators may; whoever makes a key answers for the agent from then on, and their votes on its tickets do not count. Without a server,
        for agents.yaml, a key is made by 'aiaccess agents key create'.

        Examples:
          aiaccess agents keys create billing-bot --expires 90d
          aiaccess agents keys create billing-bot --on-behalf-of joan --idempotency-key deploy-42 --json | jq -r .secret
        """;

    private const string RotateWords = """
        The new key acts for whom the old one does. Both are good until the overlap is over. The output is the new key, told this once.

        Example:
          aiaccess agents keys rotate billing-bot k1 --overlap 2h
        """;

    private const string RevokeWords = """
        Within two seconds it proves nobody, whatever agents.yaml says. The agent's owner and operators may. Again changes nothing.

        Example:
          aiaccess agents keys revoke billing-bot k1 --reason "it was in a log"
        """;

    public static Command Create() => new("keys", "Keys of an agent at the running server: list, create, rotate, revoke.") { List(), Make(), Rotate(), Revoke() };

    private static Command List()
    {
        var agent = Named.Agent();
        return new Command("list", "List an agent's keys: those of agents.yaml and those made at the server.") { agent }.Asking(
            ListWords,
            async asked => await asked.GetAsync("agents", asked.Parsed.GetRequiredValue(agent)) switch
            {
                ApiAnswer.Given(var body) when body.TryGetProperty("keys", out var keys) => new ApiAnswer.Given(JsonSerializer.SerializeToElement(new { keys })),
                var other => other,
            },
            (body, screen) => body.As<KeyListJson>() is { Keys.Count: > 0 } list ? new(AgentText.Keys(list.Keys, screen)) : new([]) { Note = "It has no keys." });
    }

    private static Command Make()
    {
        var (agent, once) = (Named.Agent(), Once());
        var person = Named.Person("--on-behalf-of", "Whom the agent acts for with this key; only one whom a key of it in agents.yaml names.");
        var expires = TimeOption.Future("--expires", "When it ends by itself: a time, or a distance like 90d.");
        return new Command("create", "Make a key at the running server; it is good at once, and shown this once.") { agent, person, expires, once }.Asking(
            CreateWords,
            asked => PostAsync(
                asked, new { on_behalf_of = asked.Parsed.GetValue(person), expires = asked.Parsed.GetValue(expires) }, once,
                "agents", asked.Parsed.GetRequiredValue(agent), "keys"),
            Made);
    }

    private static Command Rotate()
    {
        var (agent, once) = (Named.Agent(), Once());
        var key = Named.Key(agent);
        var expires = TimeOption.Future("--expires", "When the new key ends by itself: a time, or a distance like 90d.");
        var overlap = TimeOption.Length("--overlap", "For so long the old key is good beside the new one; 24h unless it is said, 30d at most.");
        return new Command("rotate", "Make a key in place of another, which ends after an overlap.") { agent, key, overlap, expires, once }.Asking(
            RotateWords,
            asked => PostAsync(
                asked, new { expires = asked.Parsed.GetValue(expires), overlap_seconds = Seconds(asked.Parsed.GetValue(overlap) ?? TimeSpan.FromDays(1)) }, once,
                "agents", asked.Parsed.GetRequiredValue(agent), "keys", asked.Parsed.GetRequiredValue(key), "rotate"),
            Made);
    }

    private static Command Revoke()
    {
        var agent = Named.Agent();
        var key = Named.Key(agent);
        var reason = new Option<string?>("--reason") { Description = "Why; the ledger keeps it.", HelpName = "words" };
        return new Command("revoke", "End a key, whether it was made at the server or stands in agents.yaml.") { agent, key, reason }.Asking(
            RevokeWords,
            asked => asked.PostAsync(
                new { reason = asked.Parsed.GetValue(reason) }, "agents", asked.Parsed.GetRequiredValue(agent), "keys", asked.Parsed.GetRequiredValue(key), "revoke"),
            (body, screen) => new(AgentText.Keys([body.As<KeyJson>()], screen)));
    }

    private static Option<string?> Once() => new("--idempotency-key")
    {
        Description = "A name of this request: sent again under it, no second key is made.",
        HelpName = "name",
    };

    private static Task<ApiAnswer> PostAsync(Asked asked, object body, Option<string?> once, params string[] path) =>
        asked.Api.PostAsync(ApiQuery.Of(path), body, asked.CancellationToken, ("Idempotency-Key", asked.Parsed.GetValue(once)));

    private static int Seconds(TimeSpan length) => (int)Math.Min(int.MaxValue, length.TotalSeconds);

    /// <summary>The key alone is output, so that <c>KEY=$(aiaccess agents keys create …)</c> holds it and no file or pipe gets more.</summary>
    private static Told Made(JsonElement body, Screen screen)
    {
        var made = body.As<NewKeyJson>();
        var ends = made.Key.Ends is { } at ? $"ends {Moments.Of(at, screen.Now)}" : "ends when it is revoked";
        return new([TerminalText.Of(made.Secret)]) { Note = $"Key {made.Key.Id} is made and {ends}. It is shown only now." };
    }

    private sealed record KeyListJson(IReadOnlyList<KeyJson> Keys);
}
