using AiAccessProxy.Actions;
using AiAccessProxy.Policies.Wording;

namespace AiAccessProxy.Policies.Files;

/// <summary>Reads one rule of a route.</summary>
internal sealed class RuleReader(PolicySource source, RouteTerms route)
{
    private static readonly string[] Known =
        ["id", "match", "effect", "action", "risk", "summary", "require", "show", "redact", "approval", "controls", "credential", "accept"];

    private static readonly string[] OfApproval = ["summary", "require", "show", "approval"];

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

        var fields = new FieldReader(source, route.AgentKeys);
        var match = new MatchReader(source, fields, route);
        if (!section.Has("match")) section.Missing("match", "say which calls it is about; paths: [\"/**\"] is every call");
        var condition = section.Find("match") is { } node ? match.Read(node) : null;
        var summary = fields.Summary(section);
        var show = fields.List(section, "show");
        var redact = fields.List(section, "redact");
        fields.CheckVariables(match.Patterns);
        Fields.AddRange(fields.All);

        var approval = effect == Effect.RequireApproval ? Approval(section) : null;
        var rule = new Rule
        {
            Id = id ?? "",
            Effect = effect ?? Effect.Deny,
            Match = condition ?? new Conditions.Condition.All([]),
            Patterns = match.Patterns,
            ActionName = ActionName(section),
            Risk = section.Word("risk", Words.Risks) ?? Risk.High,
            Summary = summary,
            Require = section.WordList("require", Words.Claims),
            Show = show,
            Redact = redact,
            Approval = approval,
            Controls = [.. section.Texts("controls").Select(control => control.Text).Distinct()],
            Credential = CredentialReader.Named(section, route.Credentials),
            Accept = section.WordList("accept", Words.Accepted).ToHashSet(),
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

    private string? ActionName(Section section)
    {
        if (section.Read("action") is not { } written) return null;
        if (Names.IsId(written.Text)) return written.Text;
        source.Report(written, $"{written.Told} is no name of an action", "name it like payment.refund");
        return null;
    }
}
