using AiAccessProxy.Policies.Conditions;

namespace AiAccessProxy.Policies.Files;

/// <summary>
/// Reads a rule's <c>match</c>. What stands side by side is ANDed; <c>any</c> is an OR among its own blocks. <c>not</c> and <c>except</c> say
/// the same of a block: the rule is about the calls that it is not true of.
/// </summary>
internal sealed class MatchReader(PolicySource source, FieldReader fields, RouteTerms route)
{
    private static readonly string[] Known =
        ["methods", "paths", "where", "agents", "agent_groups", "on_behalf_of", "environment", "time", "any", "all", "not", "except"];

    private readonly CallerReader _callers = new(source, route);

    private readonly List<PathPattern> _patterns = [];

    /// <summary>The patterns that name variables: those of the rule itself, not those of its groups.</summary>
    public IReadOnlyList<PathPattern> Patterns => _patterns;

    public Condition? Read(YamlNode node) => Block(node, "match", isGroup: false);

    private Condition.All? Block(YamlNode block, string field, bool isGroup)
    {
        if (Section.Of(source, block, field, Known) is not { } section) return null;
        if (!section.Keys.Any()) source.Report(block.Line, field, "no condition is written here", "write one; paths: [\"/**\"] is every call");

        // Cheap conditions first: most rules are settled by them.
        var parts = new List<Condition>();
        if (Methods(section) is { } methods) parts.Add(methods);
        if (Paths(section, isGroup) is { } paths) parts.Add(paths);
        parts.AddRange(_callers.Read(section));
        if (TimeReader.Read(section) is { } time) parts.Add(time);
        parts.AddRange(section.Items("where").SelectMany(item => Where(item.Node, item.Field)));
        if (Group(section, "any") is { Count: > 0 } any) parts.Add(new Condition.Any(any));
        if (Group(section, "all") is { Count: > 0 } all) parts.Add(new Condition.All(all));
        foreach (var key in new[] { "not", "except" })
        {
            if (section.Find(key) is { } node && Block(node, section.Of(key), isGroup: true) is { } part) parts.Add(new Condition.Not(part));
        }

        return new(parts);
    }

    private Condition.Methods? Methods(Section section)
    {
        var methods = section.Texts("methods");
        foreach (var method in methods.Where(method => method.Text.Length == 0 || method.Text.Trim('-').Length == 0
            || !method.Text.All(character => char.IsAsciiLetterUpper(character) || character == '-')))
        {
            source.Report(method, $"{method.Told} is no method that is let in",
                "methods are written in capital letters; leave the key out for any method");
        }

        return methods.Count == 0 ? null : new([.. methods.Select(method => method.Text).Distinct()]);
    }

    private Condition.Paths? Paths(Section section, bool isGroup)
    {
        var patterns = new List<PathPattern>();
        foreach (var written in section.Texts("paths"))
        {
            if (PatternReader.Read(source, written, route.IgnoresPathCase) is not { } pattern) continue;
            patterns.Add(pattern);
            if (isGroup && pattern.Names.FirstOrDefault() is { } name)
            {
                source.Report(written, $"{{{name}}} is named in a group",
                    "name variables in the rule's own paths, where they hold whatever group matches; write * here");
            }
        }

        if (!isGroup) _patterns.AddRange(patterns);
        return patterns.Count == 0 ? null : new(patterns);
    }

    private List<Condition> Group(Section section, string key) =>
        [.. section.Items(key).Select(item => Block(item.Node, item.Field, isGroup: true)).OfType<Condition>()];

    private IEnumerable<Condition> Where(YamlNode node, string field)
    {
        if (Section.Of(source, node, field, ["field", "json", .. OperatorReader.Known]) is not { } section) yield break;
        if (section.Required("field", "name the field: body.amount, form.Action, query.force, header.x-env, path.name") is not { } written) yield break;
        if (!OperatorReader.Known.Any(section.Has))
            source.Report(section.Line, section.Field, "no operator is written here", $"write one: {string.Join(", ", OperatorReader.Known)}");
        if (fields.Read(written) is not { } path) yield break;
        var json = section.Read("json") is { } place ? fields.Json(place) : null;
        foreach (var wanted in OperatorReader.Read(section, path, json)) yield return new Condition.On(path, wanted) { Json = json };
    }
}
