using AiAccessProxy.Actions;
using AiAccessProxy.Agents;
using AiAccessProxy.Policies.Wording;

namespace AiAccessProxy.Policies.Files;

/// <summary>Reads names of fields in one rule, and refuses those that could never be there.</summary>
internal sealed class FieldReader(PolicySource source, IReadOnlyList<AgentKeySource> agentKeys)
{
    private readonly List<(FieldPath Field, Written Where)> _read = [];

    /// <summary>Every field that the rule names so far.</summary>
    public IEnumerable<FieldPath> All => _read.Select(one => one.Field);

    public FieldPath? Read(Written written)
    {
        // As written: names of fields stand in problems, cards and records, where nothing that a reference holds may.
        if (!FieldPath.TryParse(written.Node.Text, out var field, out var error))
        {
            source.Report(written, error, "write body.amount, form.Action, query.force, header.x-env or path.name");
            return null;
        }

        Note(field, written);
        return field;
    }

    /// <summary>A place in the JSON that a field's text holds.</summary>
    public FieldPath? Json(Written written)
    {
        if (FieldPath.TryParseJson(written.Node.Text, out var place, out var error)) return place;
        source.Report(written, error, "write the steps that lead through the text's JSON, as in Statement.*.Action");
        return null;
    }

    public IReadOnlyList<FieldPath> List(Section section, string key) =>
        [.. section.Texts(key).Select(Read).OfType<FieldPath>().Distinct()];

    public SummaryTemplate? Summary(Section section)
    {
        if (section.Read("summary") is not { } written) return null;
        if (!SummaryTemplate.TryParse(written.Node.Text, out var template, out var error))
        {
            source.Report(written, error, "write fields in braces, \"Refund {body.amount}\"; a brace itself is written twice");
            return null;
        }

        foreach (var field in template.Fields) Note(field, written);
        return template;
    }

    /// <summary>A name of an action, with fields in braces: <c>iam.{form.Action}</c>.</summary>
    public SummaryTemplate? Action(Section section)
    {
        if (section.Read("action") is not { } written) return null;
        var isTemplate = SummaryTemplate.TryParse(written.Node.Text, out var template, out var error);
        if (!isTemplate || !Names.IsId(template!.With("x")))
        {
            source.Report(written, error ?? $"{written.Told} is no name of an action", "name it like payment.refund, or with a field of the call: iam.{form.Action}");
            return null;
        }

        foreach (var field in template.Fields) Note(field, written);
        return template;
    }

    /// <summary>Reports variables that not each of the rule's patterns names.</summary>
    public void CheckVariables(IReadOnlyList<Conditions.PathPattern> patterns)
    {
        foreach (var (field, where) in _read.Where(one => one.Field.Source == FieldSource.Path).Distinct())
        {
            var name = field.Steps[0].Name!;
            if (patterns.Count == 0)
                source.Report(where, $"{field} is named by no pattern", $"give the rule paths that name it: /…/{{{name}}}");
            else if (patterns.FirstOrDefault(pattern => !pattern.Names.Contains(name)) is { } without)
                source.Report(where, $"{field} is not named by {without.Text}", $"name it {{{name}}} in each of the rule's paths");
        }
    }

    private void Note(FieldPath field, Written where)
    {
        _read.Add((field, where));
        if (field.Source != FieldSource.Header || EndToEnd.Of([new(field.Steps[0].Name!, "")], agentKeys).Count > 0) return;
        source.Report(where, $"{field} never reaches a rule, so it would always be absent",
            "the agent's key, its AiAccess-* claims and the headers of the connection end at the proxy; name another field");
    }
}
