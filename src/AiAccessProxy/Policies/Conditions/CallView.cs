using AiAccessProxy.Actions;

namespace AiAccessProxy.Policies.Conditions;

/// <summary>
/// One action as one rule sees it: <c>path.x</c> is what the rule's own patterns name so, and the path is judged in every reading that an
/// upstream may make of it, but for those that the rule accepts to be literal. An allow rule accepts what its route does; a rule that
/// denies or asks has to say so itself, since it must catch the call in whatever spelling.
/// </summary>
internal readonly struct CallView
{
    private readonly CallFields _fields;
    private readonly IReadOnlyList<PathPattern> _patterns;
    private readonly IReadOnlyList<PathReading> _readings;

    public CallView(CallFields fields, Rule rule, ReadingPlan plan)
    {
        (_fields, _patterns) = (fields, rule.Patterns);
        var all = fields.Circumstances.Action.Head.Target.Readings;
        _readings = all.Count == 0
            ? all
            : [.. all.Where(reading => !reading.Kinds.Any(kind => rule.Accept.Contains(kind) || (rule.Effect == Effect.Allow && plan.Accept.Contains(kind))))];
    }

    public Circumstances Circumstances => _fields.Circumstances;

    public string Method => Circumstances.Action.Head.Method;

    /// <summary>The literal reading.</summary>
    public IReadOnlyList<PathSegment> Path => Circumstances.Action.Head.Target.Segments;

    /// <summary>False for a call that is only told of, and whose path is not.</summary>
    public bool IsPathKnown => !Circumstances.Action.Head.NotKnown.Contains(FieldSource.Path);

    /// <summary>What is true of the path in every reading; unknown when they disagree.</summary>
    public Truth Judge(Func<IReadOnlyList<PathSegment>, Truth> judge)
    {
        if (!IsPathKnown) return Truth.Unknown;

        var truth = judge(Path);
        foreach (var reading in _readings)
        {
            if (truth == Truth.Unknown) return truth;
            if (judge(reading.Segments) != truth) truth = Truth.Unknown;
        }

        return truth;
    }

    public Truth Judge(Condition.On on)
    {
        var view = this;
        return on.Field.Source == FieldSource.Path
            ? Judge(path => on.Operator.Judge(Within(view.ReadPath(on.Field, path), on.Json), view.Circumstances))
            : on.Operator.Judge(Read(on), Circumstances);
    }

    /// <summary>What a condition looks at.</summary>
    public FieldReading Read(Condition.On on) => on.Json is { } place && on.Field.Source is not (FieldSource.Path or FieldSource.Query)
        ? _fields.Read(on.Field, place)
        : Within(Read(on.Field), on.Json);

    public FieldReading Read(FieldPath field)
    {
        if (field.Source == FieldSource.Query && _readings.Any(reading => reading.CutsQuery))
            return new FieldReading.Unreadable("some servers read another query out of the path");
        if (field.Source != FieldSource.Path) return _fields.Read(field);

        var literal = ReadPath(field, Path);
        foreach (var reading in _readings)
        {
            if (!AreSame(literal, ReadPath(field, reading.Segments)))
                return new FieldReading.Unreadable("the path can be read in more than one way");
        }

        return literal;
    }

    private FieldReading ReadPath(FieldPath field, IReadOnlyList<PathSegment> path)
    {
        if (!IsPathKnown) return ActionFields.NotKnown;

        // Two patterns that give the name to different segments make the field a repeated one.
        var name = field.Steps[0].Name!;
        FieldValue[] values =
        [
            .. _patterns.Where(pattern => pattern.Judge(path) != Truth.False)
                .Select(pattern => (Pattern: pattern, At: pattern.IndexOf(name, path))).Where(one => one.At >= 0).DistinctBy(one => one.At).OrderBy(one => one.At)
                .Select(one => Value(path[one.At], one.Pattern.TextAt(one.At, path))),
        ];
        return values.Length == 0 ? new FieldReading.Absent() : new FieldReading.Present(values);
    }

    private static FieldReading Within(FieldReading reading, FieldPath? place) => place is null ? reading : JsonInText.Read(reading, place);

    private static FieldValue Value(PathSegment segment, SegmentText text) =>
        new(FieldSource.Path, new JsonNodeFact.Text(segment.Start, segment.Length, segment.Text)) { Spelling = text };

    private static bool AreSame(FieldReading one, FieldReading other) => (one, other) switch
    {
        (FieldReading.Absent, FieldReading.Absent) => true,
        (FieldReading.Present left, FieldReading.Present right) => left.Values.SequenceEqual(right.Values),
        _ => false,
    };
}
