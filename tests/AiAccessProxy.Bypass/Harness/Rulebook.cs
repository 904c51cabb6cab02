using System.Text;
using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Files;

namespace AiAccessProxy.Bypass.Harness;

/// <summary>Policies of one route, read by the product itself, without a folder.</summary>
internal static class Rulebook
{
    /// <param name="more">Keys of the route beside <c>rules</c>: <c>accept: [encoded-slash]</c>.</param>
    /// <param name="rules">Its rules, flush left.</param>
    public static PolicySnapshot Of(string rules, string more = "", string prefix = "/")
    {
        var route = $$"""
            version: 1
            route: api
            prefix: {{prefix}}
            upstream: { url: "https://api.test" }
            {{more}}
            rules:

            """ + string.Concat(rules.ReplaceLineEndings("\n").Split('\n').Select(line => line.Length == 0 ? "\n" : $"  {line}\n"));
        const string Agents = """
            version: 1
            agents:
              - { id: bot, owner: "person:ada", keys: [{ id: own, sha256: "00000000000000000000000000000000000000000000000000000000000000a1" }] }

            """;
        const string People = """
            version: 1
            people:
              - { id: ada, name: Ada }
              - { id: grace, name: Grace, keys: [{ id: laptop, sha256: "00000000000000000000000000000000000000000000000000000000000000b1" }] }
            groups: { reviewers: [grace] }

            """;
        (string, byte[])[] files =
        [
            (Policies.Files.PolicyFolder.Agents, Encoding.UTF8.GetBytes(Agents)),
            ("api.yaml", Encoding.UTF8.GetBytes(route)),
            (Policies.Files.PolicyFolder.People, Encoding.UTF8.GetBytes(People)),
        ];
        return PolicyFiles.Load(new Policies.Files.PolicyFolder(files)) switch
        {
            PolicyLoad.Loaded loaded => loaded.Snapshot,
            PolicyLoad.Refused refused => throw new ArgumentException(string.Join('\n', refused.Problems), nameof(rules)),
            _ => throw new ArgumentException("impossible", nameof(rules)),
        };
    }
}
