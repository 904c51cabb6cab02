using AiAccessProxy.Actions;

namespace AiAccessProxy.Policies.Conditions;

/// <summary>One action as one rule sees it: <c>path.x</c> is what the rule's own patterns name so.</summary>
internal readonly struct CallView(CallFields fields, IReadOnlyList<PathPattern> patterns)
{
    public Circumstances Circumstances => fields.Circumstances;

    public string Method => Circumstances.Action.Head.Method;

    public IReadOnlyList<PathSegment> Path => Circumstances.Action.Head.Target.Segments;

    public FieldReading Read(FieldPath field) => field.Source == FieldSource.Path ? ReadPath(field) : fields.Read(field);

    private FieldReading ReadPath(FieldPath field)
    {
        // Two patterns that give the name to different segments make the field a repeated one.
        var name = field.Steps[0].Name!;
        var path = Path;
        FieldValue[] values =
        [
            .. patterns.Where(pattern => pattern.Judge(path) != Truth.False)
                .Select(pattern => pattern.IndexOf(name, path)).Where(at => at >= 0).Distinct().Order()
                .Select(at => path[at])
                .Select(segment => new FieldValue(FieldSource.Path, new JsonNodeFact.Text(segment.Start, segment.Length, segment.Text))),
        ];
        return values.Length == 0 ? new FieldReading.Absent() : new FieldReading.Present(values);
    }
}
