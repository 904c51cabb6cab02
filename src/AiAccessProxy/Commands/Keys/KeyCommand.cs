using System.CommandLine;
using System.Text.Json;
using AiAccessProxy.Agents;

namespace AiAccessProxy.Commands.Keys;

/// <summary><c>aiaccess agents key create</c> and <c>aiaccess people key create</c>: makes a key here, for a file, and says where its hash belongs.</summary>
internal static class KeyCommand
{
    private const string AgentWords = """
        It is made on this machine, for agents.yaml, and no server is asked. A key at a running server, without touching files, is made by
        'aiaccess agents keys create AGENT'.

        Example:
          aiaccess agents key create --id k1
        """;

    private const string PersonWords = """
        It is made on this machine, for people.yaml, and no server is asked. The key is what AIACCESS_TOKEN is set to.

        Example:
          aiaccess people key create --id laptop
        """;

    public static Command OfAgents() => Create(
        "aia_", "the agent in agents.yaml", AgentWords, "'agents key create' makes a key for agents.yaml and names no agent; a running server makes one with 'aiaccess agents keys create AGENT'.");

    public static Command OfPeople() => Create("aip_", "the person in people.yaml", PersonWords, "'people key create' makes a key for people.yaml and names no person.");

    /// <param name="surplus">What to say to somebody who names whose key it is to be, as the command for a server wants it.</param>
    private static Command Create(string prefix, string place, string words, string surplus)
    {
        var id = new Option<string>("--id")
        {
            Description = "The key's id in the file and on every record.",
            DefaultValueFactory = _ => "k1",
            HelpName = "id",
        };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var nobody = new Argument<string?>("nobody") { Description = "Nobody is named here.", Arity = ArgumentArity.ZeroOrOne, Hidden = true };
        nobody.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0) result.AddError(surplus);
        });
        var create = new Command("create", "Make a random key on this machine. It is printed once and kept nowhere; only its SHA-256 goes into the file.") { id, json, nobody };
        create.SetAction(parsed => Make(parsed, NewKey.Create(prefix), parsed.GetRequiredValue(id), parsed.GetValue(json) ? null : place));
        return new Command("key", $"Make a key for {place}, without a server.") { TeachingHelp.On(create, words) };
    }

    /// <param name="place">Where its line goes; null for JSON.</param>
    private static int Make(ParseResult parsed, NewKey key, string id, string? place)
    {
        var output = parsed.InvocationConfiguration.Output;
        if (place is null)
        {
            output.WriteLine(JsonSerializer.Serialize(new { id, key = key.Text, sha256 = key.Sha256 }));
            return ExitCode.Done;
        }

        output.WriteLine(key.Text);
        output.WriteLine($"keys: [{{ id: {id}, sha256: \"{key.Sha256}\" }}]");
        parsed.InvocationConfiguration.Error.WriteLine($"The first line is the key, shown only now; the second line goes to {place}.");
        return ExitCode.Done;
    }
}
