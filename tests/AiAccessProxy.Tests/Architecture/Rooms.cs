using System.Text.RegularExpressions;

namespace AiAccessProxy.Tests.Architecture;

/// <summary>Who may import whom. Each rule is a pure function from uses to breaches, so that it can be shown to find one.</summary>
internal static partial class Rooms
{
    private static readonly string[] All =
        ["Tokens", "Agents", "People", "Actions", "Ledger", "Telemetry", "Settings", "Policies", "Approvals", "Forwarding", "Gate", "Control", "Commands"];

    /// <summary>Rooms that every other may import.</summary>
    public static IReadOnlyList<string> ForAll { get; } = ["Telemetry", "Settings"];

    /// <summary>Every room, and the rooms that it may import beside Telemetry and Settings.</summary>
    public static IReadOnlyDictionary<string, string[]> Imports { get; } = new Dictionary<string, string[]>
    {
        ["Tokens"] = [],
        ["Agents"] = ["Tokens"],
        ["People"] = ["Tokens"],
        ["Ledger"] = [],
        ["Telemetry"] = [],
        ["Settings"] = [],
        ["Actions"] = ["Agents"],
        ["Policies"] = ["Tokens", "Agents", "People", "Actions"],
        ["Approvals"] = ["Tokens", "Agents", "People", "Actions", "Policies", "Ledger"],
        ["Forwarding"] = ["Agents", "Actions", "Ledger"],
        ["Gate"] = ["Tokens", "Agents", "People", "Actions", "Policies", "Approvals", "Ledger", "Forwarding"],
        ["Control"] = ["Tokens", "Agents", "People", "Actions", "Policies", "Approvals", "Ledger", "Forwarding"],
        ["Commands"] = All,
    };

    /// <summary>Libraries that live in some rooms only, by the beginning of their assemblies' names.</summary>
    public static IReadOnlyDictionary<string, string[]> Libraries { get; } = new Dictionary<string, string[]>
    {
        ["Yarp."] = ["AiAccessProxy.Forwarding", "AiAccessProxy.Gate"],
        ["YamlDotNet"] = ["AiAccessProxy.Policies.Files"],
        ["StackExchange.Redis"] = ["AiAccessProxy.Ledger.Redis"],
        ["System.CommandLine"] = ["AiAccessProxy.Commands"],
        ["Microsoft.IdentityModel"] = ["AiAccessProxy.Tokens"],
        ["Microsoft.Identity.Client"] = ["AiAccessProxy.Approvals.Teams"],
        ["OpenTelemetry"] = ["AiAccessProxy.Telemetry"],
    };

    /// <summary>Folders that fulfil a contract of the room around them, which must not know them.</summary>
    public static IReadOnlyList<string> Adapters { get; } =
        ["AiAccessProxy.Ledger.Embedded", "AiAccessProxy.Ledger.Redis", "AiAccessProxy.Policies.Files"];

    public static IEnumerable<string> ForbiddenImports(string room, IEnumerable<Use> uses) => uses
        .Where(use => use.From.Room == room && use.To.Room is { } to && to != room && !ForAll.Contains(to) && !Imports[room].Contains(to))
        .Select(use => $"{use.From} uses {use.To}");

    public static IEnumerable<string> StrayLibraries(string library, IEnumerable<Use> uses) => uses
        .Where(use => use.To.Assembly.StartsWith(library, StringComparison.Ordinal)
            && !Libraries[library].Any(room => IsIn(use.From, room)))
        .Select(use => $"{use.From} uses {use.To}");

    /// <summary>Uses of an adapter by the room that holds its contract; the room's registration file may.</summary>
    public static IEnumerable<string> KnownAdapters(string adapter, IEnumerable<Use> uses)
    {
        var room = adapter[..adapter.LastIndexOf('.')];
        return uses
            .Where(use => IsIn(use.To, adapter) && IsIn(use.From, room) && !IsIn(use.From, adapter) && use.From.Name != $"{use.From.Room}Room")
            .Select(use => $"{use.From} uses {use.To}");
    }

    /// <summary>The imports that stand in a circle or lead into one; empty when there is none.</summary>
    public static IReadOnlyList<string> Circle(IEnumerable<Use> uses)
    {
        var imports = uses.Where(use => use.From.Room is not null && use.To.Room is not null && use.From.Room != use.To.Room)
            .Select(use => (From: use.From.Room!, To: use.To.Room!)).Distinct().ToList();
        while (imports.RemoveAll(import => !imports.Exists(next => next.From == import.To)) > 0)
        {
        }

        return [.. imports.Select(import => $"{import.From} -> {import.To}")];
    }

    /// <summary>What the source text names and the compiled code may not show: constants are copied, a using may serve nothing.</summary>
    public static IEnumerable<Use> NamedInSource(string path, string text)
    {
        var room = path.Split('/') is ["src", "AiAccessProxy", var folder, _, ..] ? folder : null;
        var from = new NamedType("aiaccess", room is null ? "" : $"AiAccessProxy.{room}", Path.GetFileNameWithoutExtension(path));
        return text.Split('\n')
            .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
                && !line.StartsWith("namespace ", StringComparison.Ordinal))
            .SelectMany(line => QualifiedName().Matches(line))
            .Select(match => new Use(from, new NamedType("aiaccess", match.Groups[1].Value, "(named)")));
    }

    private static bool IsIn(NamedType type, string space) =>
        type.Namespace == space || type.Namespace.StartsWith(space + ".", StringComparison.Ordinal);

    [GeneratedRegex(@"\b(AiAccessProxy\.[A-Z]\w*)")]
    private static partial Regex QualifiedName();
}
