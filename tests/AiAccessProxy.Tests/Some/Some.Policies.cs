using System.Text;
using AiAccessProxy.Actions;
using AiAccessProxy.Agents;
using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Files;

namespace AiAccessProxy.Tests;

internal static partial class Some
{
    /// <summary>A moment that means nothing: a Tuesday afternoon.</summary>
    public static DateTimeOffset Moment { get; } = new(2026, 6, 16, 13, 30, 0, TimeSpan.Zero);

    public const string AgentsYaml = """
        version: 1
        agents:
          - id: billing-bot
            owner: person:ada
            keys: [{ id: k1, sha256: "00000000000000000000000000000000000000000000000000000000000000a1" }]

        """;

    public const string PeopleYaml = """
        version: 1
        people:
          - { id: ada, name: Ada }
          - { id: grace, name: Grace, keys: [{ id: laptop, sha256: "00000000000000000000000000000000000000000000000000000000000000b1" }] }
          - { id: hugo, name: Hugo }
          - { id: joan, name: Joan }
        groups: { finance: [ada, grace], security: [hugo, joan] }

        """;

    /// <summary>The head of a route file; rules follow it, at two spaces.</summary>
    public static string RouteYaml(string rules, string more = "", string route = "api", string? prefix = null) => $$"""
        version: 1
        route: {{route}}
        prefix: {{prefix ?? "/" + route}}
        upstream: { url: "https://{{route}}.test" }
        {{more}}
        rules:

        """ + string.Concat(rules.ReplaceLineEndings("\n").Split('\n').Select(line => line.Length == 0 ? "\n" : $"  {line}\n"));

    /// <summary>What comes of a folder with these files, and with the usual agents and people where they are not among them. People sign in by tokens for the-control-plane.</summary>
    public static PolicyLoad Load(params IReadOnlyList<(string Name, string Text)> files)
    {
        IEnumerable<(string Name, string Text)> all = files;
        if (!files.Any(file => file.Name == PolicyFolder.Agents)) all = all.Append((PolicyFolder.Agents, AgentsYaml));
        if (!files.Any(file => file.Name == PolicyFolder.People)) all = all.Append((PolicyFolder.People, PeopleYaml));
        return PolicyFiles.Load(
            new PolicyFolder([.. all.OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => (file.Name, Encoding.UTF8.GetBytes(file.Text)))]),
            name => name switch { "EMPTY" => "", "UNSET" => null, _ => $"value-of-{name}" },
            new HashSet<string> { "the-control-plane" });
    }

    /// <summary>A policy that has to be right.</summary>
    public static PolicySnapshot Policy(params IReadOnlyList<(string Name, string Text)> files) => Load(files) switch
    {
        PolicyLoad.Loaded loaded => loaded.Snapshot,
        PolicyLoad.Refused refused => throw new ArgumentException(string.Join('\n', refused.Problems), nameof(files)),
        _ => throw new ArgumentException("impossible", nameof(files)),
    };

    /// <summary>The policy of one route that has to be right.</summary>
    public static PolicySnapshot Policy(string rules, string more = "") => Policy(("api.yaml", RouteYaml(rules, more)));

    /// <summary>What a policy of one route decides.</summary>
    public static Bound Decided(PolicySnapshot policy, ApiAction? action = null, Caller? caller = null, DateTimeOffset? at = null) =>
        policy.Decide(policy.Routes[0], caller ?? Caller(), action ?? Action(), at ?? Moment);

    public static Bound Decided(string rules, ApiAction? action = null, string more = "") => Decided(Policy(rules, more), action);
}
