using AiAccessProxy.Actions;
using AiAccessProxy.Policies.Wording;

namespace AiAccessProxy.Policies.Files;

/// <summary>Reads one rule of a route.</summary>
internal sealed class RuleReader(PolicySource source, RouteTerms route)
{
    private static readonly string[] Known =
        ["id", "match", "effect", "action", "risk", "summary", "require", "show", "redact", "approval", "controls", "credential", "accept", "observe", "rate", "notify"];

    private static readonly string[] OfApproval = ["summary", "require", "show", "approval", "notify"];

    /// <summary>Every field that the rules so far name.</summary>
    public List<FieldPath> Fields { get; } = [];

    public Rule? Read(YamlNode node, string field)
    {
        // Before anything else, so that all problems of the rule name it.
        source.Rule = node is YamlNode.Mapping named && named.Find("id") is YamlNode.Scalar { Text: var name } ? ValueText.Safe(name) : field;
        var rule = Section.Of(source, node, "", Known) is { } section ? Rule(section) : null;
        source.Rule = null;
        return rule;
    }

    /// <summary>All rules of a file, each id once.</summary>
    public IReadOnlyList<Rule> ReadAll(Section root)
    {
        var (rules, ids) = (new List<Rule>(), new HashSet<string>(StringComparer.Ordinal));
        if (root.Find("rules") is YamlNode.Sequence { Items.Count: 0 }) return rules;
        foreach (var (node, field) in root.Items("rules"))
        {
            if (Read(node, field) is not { } rule) continue;
            if (!ids.Add(rule.Id))
                source.Report(node.Line, $"{field}.id", $"there is a rule {rule.Id} already", "give each rule of a file an id of its own");
            else if (!route.IsGlobal && route.Known.Global?.Ids.Contains(rule.Id) == true)
                source.Report(node.Line, $"{field}.id", $"there is a rule {rule.Id} in global.yaml already", "give it an id of its own");
            else
                rules.Add(rule);
        }

        return rules;
    }

    private Rule? Rule(Section section)
    {
        var id = section.Id();
        if (!section.Has("effect")) section.Missing("effect", "write allow, deny or require_approval");
        var effect = section.Word("effect", Words.Effects);
        if (effect is Effect.Allow or Effect.Deny)
        {
            foreach (var key in OfApproval.Where(section.Has))
                section.Report(key, $"this belongs to rules whose effect is require_approval", "change the effect, or leave it out");
        }

        var isObserved = section.Word("observe", Words.Flags) ?? false;
        if (effect == Effect.Deny)
        {
            if (isObserved) section.Report("observe", "a rule that denies cannot be observed only", "leave the key out, or the rule until it is meant");
            if (section.Has("rate")) section.Report("rate", "what is denied has no rate", "leave it out, or write it to the rules that let calls through");
        }

        if (route.IsGlobal) CheckGlobal(section, effect);
        var fields = new FieldReader(source, route.AgentKeys);
        var match = new MatchReader(source, fields, route);
        if (!section.Has("match")) section.Missing("match", "say which calls it is about; paths: [\"/**\"] is every call");
        var condition = section.Find("match") is { } node ? match.Read(node) : null;
        var summary = fields.Summary(section);
        var show = fields.List(section, "show");
        var redact = fields.List(section, "redact");
        var action = fields.Action(section);
        fields.CheckVariables(match.Patterns);
        Fields.AddRange(fields.All);

        var approval = effect == Effect.RequireApproval ? Approval(section) : null;
        var rule = new Rule
        {
            Id = id ?? "",
            Effect = effect ?? Effect.Deny,
            Match = condition ?? new Conditions.Condition.All([]),
            Patterns = match.Patterns,
            Action = action,
            Risk = section.Word("risk", Words.Risks),
            Summary = summary,
            Require = section.WordList("require", Words.Claims),
            Show = show,
            Redact = redact,
            Approval = approval,
            Controls = [.. section.Texts("controls").Select(control => control.Text).Distinct()],
            Notify = NotifyReader.Read(section),
            Credential = CredentialReader.Named(section, route.Credentials),
            Accept = section.WordList("accept", Words.Accepted).ToHashSet(),
            IsObserved = isObserved,
            Rate = RateReader.Read(section),
            Content = Content.Of(source, section.Node, section.Has("approval") ? null : route.ApprovalNode),
        };
        return id is null ? null : rule;
    }

    private ApprovalTerms? Approval(Section section)
    {
        if (section.Find("approval") is { } node) return new ApprovalReader(source, route.Known.People).Read(node);
        if (route.ApprovalNode is null) section.Missing("approval", "say who has to agree, here or once for the route");
        return route.Approval;
    }

    /// <summary>A rule for every route may take freedom away and never give any.</summary>
    private static void CheckGlobal(Section section, Effect? effect)
    {
        if (effect == Effect.Allow)
            section.Report("effect", "a rule of global.yaml would allow this on every route, also on those that are yet to come", "write it into the files of the routes that it is for");
        foreach (var key in new[] { "credential", "accept" }.Where(section.Has))
            section.Report(key, "this belongs to one route and its upstream", "leave it out here");
    }
}
