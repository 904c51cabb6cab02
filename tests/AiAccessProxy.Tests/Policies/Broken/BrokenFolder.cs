using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Files;

namespace AiAccessProxy.Tests.Policies.Broken;

/// <summary>What is wrong with a folder and cannot stand in a text file: each with what breaks a right folder so, and how it is told.</summary>
internal sealed record BrokenFolder(string Name, Action<string> Break, string Told)
{
    public static IReadOnlyList<BrokenFolder> All { get; } =
    [
        new("no folder", folder => Directory.Delete(folder, recursive: true),
            "<folder>: the folder cannot be read; see that it exists and may be read by this process, or name another with --policies"),
        new("a file that leads nowhere", folder => File.CreateSymbolicLink(Path.Combine(folder, "more.yaml"), "/no/such/file"),
            "more.yaml: the file cannot be read; see that it may be read by this process"),
        // The system makes up another one each time it is read.
        new("a folder that changes", folder => File.CreateSymbolicLink(Path.Combine(folder, "more.yaml"), "/proc/sys/kernel/random/uuid"),
            "<folder>: the folder changes while it is read; wait until it is written, and try again"),
        new("a file of more than eight mebibytes", folder => File.WriteAllText(Path.Combine(folder, "big.yaml"), new string('#', (8 << 20) + 1)),
            "big.yaml: the file has more than 8 MiB; split it: one file a route"),
        new("too many files", Crowd, "<folder>: the folder holds more than 500 policy files; join routes or split the folder"),
        new("no agents", folder => File.Delete(Path.Combine(folder, "agents.yaml")), "agents.yaml: this file is missing; list the programs that may call in it"),
        new("no people", folder => File.Delete(Path.Combine(folder, "people.yaml")), "people.yaml: this file is missing; list the people who decide in it"),
        new("not UTF-8", folder => File.WriteAllBytes(Path.Combine(folder, "api.yaml"), [.. "version: \""u8, 0xe9, .. "\"\n"u8]),
            "api.yaml: the file is not UTF-8; save it as UTF-8"),
        new("nothing at all", folder => File.WriteAllText(Path.Combine(folder, "api.yaml"), ""),
            "api.yaml:1: the file is empty; a policy file is a mapping that begins with version: 1"),
        new("too many values", folder => File.WriteAllText(Path.Combine(folder, "api.yaml"), $"a: [{string.Concat(Enumerable.Repeat("1,", 500_001))}]"),
            "api.yaml:1: the file holds more than 500000 values; split it: one file a route"),
        new("a secret that is too large", folder => Secret(folder, new byte[70_000]),
            "api.yaml:5: credentials.a.value: file <folder>/secret has more than 64 KiB; refer to a file that holds the value alone"),
        new("a secret that is no text", folder => Secret(folder, [0xff, 0xfe]),
            "api.yaml:5: credentials.a.value: file <folder>/secret cannot be read; see that it exists, is UTF-8 and may be read by this process"),
    ];

    /// <summary>What is told of a right folder once it is broken.</summary>
    public IReadOnlyList<string> Tell()
    {
        var folder = Directory.CreateTempSubdirectory("policies-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "agents.yaml"), Some.AgentsYaml);
            File.WriteAllText(Path.Combine(folder, "people.yaml"), Some.PeopleYaml);
            File.WriteAllText(Path.Combine(folder, "api.yaml"), Some.RouteYaml("- { id: one, effect: allow, match: { methods: [GET] } }"));
            Break(folder);
            IReadOnlyList<PolicyProblem> problems = PolicyFiles.Load(folder) is PolicyLoad.Refused refused ? refused.Problems : [];
            return [.. problems.Select(problem => problem.ToString().Replace(folder, "<folder>", StringComparison.Ordinal))];
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    private static void Crowd(string folder)
    {
        for (var file = 0; file < 501; file++) File.WriteAllText(Path.Combine(folder, $"r{file}.yaml"), "");
    }

    private static void Secret(string folder, byte[] bytes)
    {
        File.WriteAllBytes(Path.Combine(folder, "secret"), bytes);
        File.WriteAllText(Path.Combine(folder, "api.yaml"), Some.RouteYaml("- { id: one, effect: allow, match: { methods: [GET] } }",
            $"credentials: {{ a: {{ type: header, name: X, value: \"${{file:{Path.Combine(folder, "secret")}}}\" }} }}"));
    }
}
