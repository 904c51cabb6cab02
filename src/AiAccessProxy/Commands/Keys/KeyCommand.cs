using System.CommandLine;
using System.Text.Json;
using AiAccessProxy.Agents;

namespace AiAccessProxy.Commands.Keys;

/// <summary><c>aiaccess agents key create</c> and <c>aiaccess people key create</c>: makes a key and says where its hash belongs.</summary>
internal static class KeyCommand
{
    public static Command For(string whose, string about, string prefix, string place)
    {
        var id = new Option<string>("--id")
        {
            Description = "The key's id in the file and on every record.",
            DefaultValueFactory = _ => "k1",
        };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var create = new Command("create", "Make a random key. It is printed once and kept nowhere; only its SHA-256 goes into the file.") { id, json };
        create.SetAction(parsed =>
        {
            var (output, key) = (parsed.InvocationConfiguration.Output, NewKey.Create(prefix));
            if (parsed.GetValue(json))
            {
                output.WriteLine(JsonSerializer.Serialize(new { id = parsed.GetValue(id), key = key.Text, sha256 = key.Sha256 }));
                return ExitCode.Done;
            }

            output.WriteLine(key.Text);
            output.WriteLine($"keys: [{{ id: {parsed.GetValue(id)}, sha256: \"{key.Sha256}\" }}]");
            parsed.InvocationConfiguration.Error.WriteLine($"The first line is the key, shown only now; the second line goes to {place}.");
            return ExitCode.Done;
        });
        return new Command(whose, about) { new Command("key", "Keys.") { create } };
    }
}
