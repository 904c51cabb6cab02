using System.Globalization;
using AiAccessProxy.Policies.Trials;

namespace AiAccessProxy.Policies.Files;

/// <summary>Reads <c>expect</c> of a test.</summary>
internal static class ExpectationReader
{
    private static readonly string[] OfDecisions = ["rules", "credential"];

    private static readonly string[] OfApproval = ["risk", "action", "summary", "needs", "require"];

    public static Expectation? Read(PolicySource source, YamlNode node, string field)
    {
        if (Section.Of(source, node, field, ["effect", "refused", .. OfDecisions, .. OfApproval]) is not { } section) return null;
        var effect = section.Word("effect", Words.Effects);
        var refused = section.Read("refused") is { } kind && section.IsOneOf(kind, Words.Refusals.Keys) ? kind.Text : null;
        if (section.Has("effect") == section.Has("refused"))
            source.Report(node.Line, field, "either effect or refused is expected", "write one of them: effect: require_approval, or refused: encoded-slash");
        if (section.Has("refused") && !section.Has("effect"))
        {
            foreach (var key in OfDecisions.Where(section.Has))
                section.Report(key, "no rule is asked about a call that is refused", "leave it out, or expect an effect");
        }

        if (effect is not (null or Effect.RequireApproval) || (section.Has("refused") && !section.Has("effect")))
        {
            foreach (var key in OfApproval.Where(section.Has))
                section.Report(key, "this comes with effect: require_approval alone", "leave it out, or expect require_approval");
        }

        return new()
        {
            Effect = effect,
            Refused = refused,
            Rules = Texts(section, "rules"),
            Risk = section.Word("risk", Words.Risks),
            Action = section.Text("action"),
            Summary = Texts(section, "summary"),
            Needs = section.Has("needs") ? [.. section.Items("needs").Select(item => Need(source, item.Node, item.Field)).OfType<Need>()] : null,
            Require = section.Has("require") ? section.WordList("require", Words.Claims) : null,
            Credential = section.Text("credential"),
        };
    }

    /// <summary>A need as it is written; whether the people are there is for the test to find out.</summary>
    private static Need? Need(PolicySource source, YamlNode node, string field)
    {
        if (Section.Of(source, node, field, "approvals", "from") is not { } section) return null;
        var approvals = 1;
        if (section.Read("approvals") is { } written && !int.TryParse(written.Text, NumberStyles.None, CultureInfo.InvariantCulture, out approvals))
            source.Report(written, $"{written.Told} is no number of approvals", "write a number, as in approvals: 2");
        if (!section.Has("from")) section.Missing("from", "say whose approval counts: [group:name] or [person:id]");
        return new(approvals, [.. section.Texts("from").Select(from => from.Text).Distinct()]);
    }

    /// <summary>A list that may be empty; null when the key is absent.</summary>
    private static IReadOnlyList<string>? Texts(Section section, string key) => section.Find(key) switch
    {
        null => null,
        YamlNode.Sequence { Items.Count: 0 } => [],
        _ => [.. section.Items(key).Select(item => section.Source.AsWritten(item.Node, item.Field)).OfType<Written>().Select(written => written.Text)],
    };
}
