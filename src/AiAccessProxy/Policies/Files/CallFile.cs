using AiAccessProxy.Policies.Trials;

namespace AiAccessProxy.Policies.Files;

/// <summary>Reads a described call that stands in a file by itself.</summary>
internal static class CallFile
{
    /// <summary>Bytes of such a file.</summary>
    public const int Longest = 8 * 1024 * 1024;

    /// <summary>Null, with all that is wrong, when anything is.</summary>
    public static TrialCall? Read(string name, ReadOnlyMemory<byte> bytes, out IReadOnlyList<string> problems)
    {
        var found = new List<PolicyProblem>();
        var call = new YamlDocument(name, found).Read(bytes) is { } file
            ? new TrialCallReader(new PolicySource(name, found, new References(_ => null))).Read(file, "", route: null)
            : null;
        problems = [.. found.Select(problem => problem.ToString())];
        return found.Count == 0 ? call : null;
    }
}
