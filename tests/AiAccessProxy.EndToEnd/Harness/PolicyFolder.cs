using System.Text;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>
/// A policy folder with the same cast everywhere: <c>ada</c> owns the agents <c>bot</c> and <c>other</c>, one key of <c>bot</c> acts for
/// <c>joan</c>, <c>grace</c> and <c>hugo</c> review, and <c>mallory</c> is an operator and reviews nothing. Ada and joan stand among the
/// reviewers, so that nothing but the separation of duties keeps them from approving.
/// </summary>
internal sealed class PolicyFolder
{
    private static readonly string[] Everybody = ["ada", "grace", "hugo", "joan", "mallory"];

    private readonly Dictionary<string, Key> _people = Everybody.ToDictionary(person => person, _ => Key.New());

    public PolicyFolder(string path)
    {
        Path = path;
        Write("agents.yaml", Agents());
        Write("people.yaml", People());
    }

    public string Path { get; }

    public Key Bot { get; } = Key.New();

    /// <summary>The key with which <c>bot</c> acts for <c>joan</c>.</summary>
    public Key BotForJoan { get; } = Key.New();

    public Key Other { get; } = Key.New();

    public Key KeyOf(string person) => _people[person];

    /// <summary>Writes one route: its name is its prefix, what is given is its YAML from <c>rules</c> on, indented as it stands.</summary>
    public PolicyFolder Route(string name, Uri upstream, string rules, string more = "", string upstreamMore = "")
    {
        Write($"{name}.yaml", $$"""
            version: 1
            route: {{name}}
            prefix: /{{name}}
            environment: test
            upstream: { url: "{{upstream.GetLeftPart(UriPartial.Authority)}}", timeout: 30s{{upstreamMore}} }
            {{more}}
            default: deny
            rules:

            """ + Indent(rules));
        return this;
    }

    public void Write(string file, string text) => File.WriteAllText(System.IO.Path.Combine(Path, file), text, new UTF8Encoding(false));

    private static string Indent(string rules) =>
        string.Concat(rules.ReplaceLineEndings("\n").Split('\n').Select(line => line.Length == 0 ? "\n" : $"  {line}\n"));

    private string Agents() => $"""
        version: 1
        agents:
          - id: bot
            owner: person:ada
            groups: [bots]
            keys:
              - {Entry("own", Bot)}
              - {Entry("joans", BotForJoan, ", on_behalf_of: person:joan")}
          - id: other
            owner: person:ada
            keys:
              - {Entry("own", Other)}

        """;

    /// <summary>Gives everybody an object id in Entra ID.</summary>
    public PolicyFolder InEntra(Func<string, string> objectId)
    {
        Write("people.yaml", People(person => $", entra: \"{objectId(person)}\""));
        return this;
    }

    private string People(Func<string, string>? more = null) => $$"""
        version: 1
        people:
        {{string.Join('\n', _people.Select(pair => $"  - {{ id: {pair.Key}, name: {char.ToUpperInvariant(pair.Key[0])}{pair.Key[1..]}, keys: [{Entry("laptop", pair.Value)}]{more?.Invoke(pair.Key)} }}"))}}
        groups:
          reviewers: [ada, grace, hugo, joan]
          outsiders: [mallory]
          operators: [mallory]

        """;

    private static string Entry(string id, Key key, string more = "") => $"{{ id: {id}, sha256: \"{key.Sha256}\"{more} }}";
}
