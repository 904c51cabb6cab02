using AiAccessProxy.Actions;

namespace AiAccessProxy.Policies.Conditions;

/// <summary>
/// What a rule asks of a field. Unreadable, wrongly typed, repeated where one is meant: unknown. Absent: false, except under
/// <c>exists: false</c>. A null is present.
/// </summary>
internal abstract record Operator
{
    private Operator()
    {
    }

    public virtual Truth Judge(FieldReading reading, Circumstances call) => reading switch
    {
        FieldReading.Absent => Truth.False,
        FieldReading.Present { Values: var values } when AreRepeated(values) => JudgeRepeated(values, call),
        FieldReading.Present present => JudgeAll(present.Values, call),
        _ => Truth.Unknown,
    };

    /// <summary>It compares with something that must not be told.</summary>
    public virtual bool IsSecret => false;

    /// <summary>Judges one value by itself.</summary>
    public abstract Truth JudgeOne(FieldValue value, Circumstances call);

    /// <summary>Whether values come from a parameter that stands in the query more than once.</summary>
    public static bool AreRepeated(IReadOnlyList<FieldValue> values) =>
        values is [{ Source: FieldSource.Query } first, _, ..] && values.Any(value => value.Json.Start != first.Json.Start);

    // Most upstreams take one of them, and not all the same one.
    private Truth JudgeRepeated(IReadOnlyList<FieldValue> values, Circumstances call)
    {
        var truth = JudgeAll(values, call);
        return values.GroupBy(value => value.Json.Start).All(one => JudgeAll([.. one], call) == truth) ? truth : Truth.Unknown;
    }

    private protected virtual Truth JudgeAll(IReadOnlyList<FieldValue> values, Circumstances call) =>
        values is [var only] ? JudgeOne(only, call) : Truth.Unknown;

    /// <summary><c>equals</c>.</summary>
    public sealed record EqualTo(Operand Operand) : Operator
    {
        public override bool IsSecret => Operand.IsSecret;

        public override Truth JudgeOne(FieldValue value, Circumstances call) => Operand.Is(value, call);
    }

    /// <summary><c>in</c>: equal to one of them.</summary>
    public sealed record OneOf(IReadOnlyList<Operand> Operands) : Operator
    {
        public override bool IsSecret => Operands.Any(operand => operand.IsSecret);

        public override Truth JudgeOne(FieldValue value, Circumstances call) => Kleene.Or(Operands, operand => operand.Is(value, call));
    }

    /// <summary><c>contains</c>: this stands somewhere in the text. Whether it is an item of a list is asked by <c>any: { equals: … }</c>.</summary>
    public sealed record Contains(Operand.Text Part) : Operator
    {
        public override bool IsSecret => Part.IsSecret;

        public override Truth JudgeOne(FieldValue value, Circumstances call) => Part.Judge(value, call, (text, part, how) => text.Contains(part, how));
    }

    /// <summary><c>starts_with</c>.</summary>
    public sealed record StartsWith(Operand.Text Part) : Operator
    {
        public override bool IsSecret => Part.IsSecret;

        public override Truth JudgeOne(FieldValue value, Circumstances call) => Part.Judge(value, call, (text, part, how) => text.StartsWith(part, how));
    }

    /// <summary><c>ends_with</c>.</summary>
    public sealed record EndsWith(Operand.Text Part) : Operator
    {
        public override bool IsSecret => Part.IsSecret;

        public override Truth JudgeOne(FieldValue value, Circumstances call) => Part.Judge(value, call, (text, part, how) => text.EndsWith(part, how));
    }

    /// <summary><c>matches</c>: the pattern fits the whole text.</summary>
    public sealed record Matches(TextPattern Pattern) : Operator
    {
        public override Truth JudgeOne(FieldValue value, Circumstances call) =>
            SpelledText.Judge(value, Pattern.Fits);
    }

    /// <summary><c>gt</c>.</summary>
    public sealed record GreaterThan(ExactNumber Limit) : Operator
    {
        public override Truth JudgeOne(FieldValue value, Circumstances call) => Compared(value, Limit, order => order > 0);
    }

    /// <summary><c>gte</c>.</summary>
    public sealed record AtLeast(ExactNumber Limit) : Operator
    {
        public override Truth JudgeOne(FieldValue value, Circumstances call) => Compared(value, Limit, order => order >= 0);
    }

    /// <summary><c>lt</c>.</summary>
    public sealed record LessThan(ExactNumber Limit) : Operator
    {
        public override Truth JudgeOne(FieldValue value, Circumstances call) => Compared(value, Limit, order => order < 0);
    }

    /// <summary><c>lte</c>.</summary>
    public sealed record AtMost(ExactNumber Limit) : Operator
    {
        public override Truth JudgeOne(FieldValue value, Circumstances call) => Compared(value, Limit, order => order <= 0);
    }

    /// <summary><c>exists</c>. Repeated and wrongly typed fields exist.</summary>
    public sealed record Exists(bool Expected) : Operator
    {
        public override Truth Judge(FieldReading reading, Circumstances call) => reading switch
        {
            FieldReading.Absent => Kleene.Of(!Expected),
            FieldReading.Present => Kleene.Of(Expected),
            _ => Truth.Unknown,
        };

        public override Truth JudgeOne(FieldValue value, Circumstances call) => Kleene.Of(Expected);
    }

    /// <summary>
    /// <c>any: {…}</c>: at least one value meets all of <paramref name="Each"/>. A list counts as its items, anything else as one value; a list
    /// without items is as absent.
    /// </summary>
    public sealed record Any(IReadOnlyList<Operator> Each) : Operator
    {
        public override bool IsSecret => Each.Any(one => one.IsSecret);

        public override Truth JudgeOne(FieldValue value, Circumstances call) => JudgeAll([value], call);

        private protected override Truth JudgeAll(IReadOnlyList<FieldValue> values, Circumstances call) =>
            Kleene.Or(Spread(values), value => Kleene.And(Each, one => one.JudgeOne(value, call)));
    }

    /// <summary><c>all: {…}</c>: there are values, and each meets all of <paramref name="Each"/>. Lists count as for <see cref="Any"/>.</summary>
    public sealed record All(IReadOnlyList<Operator> Each) : Operator
    {
        public override bool IsSecret => Each.Any(one => one.IsSecret);

        public override Truth JudgeOne(FieldValue value, Circumstances call) => JudgeAll([value], call);

        private protected override Truth JudgeAll(IReadOnlyList<FieldValue> values, Circumstances call) => Spread(values) switch
        {
            [] => Truth.False,
            var spread => Kleene.And(spread, value => Kleene.And(Each, one => one.JudgeOne(value, call))),
        };
    }

    private static Truth Compared(FieldValue value, ExactNumber limit, Func<int, bool> holds) =>
        Operand.Number.In(value) is { } number ? Kleene.Of(holds(number.CompareTo(limit))) : Truth.Unknown;

    private static IReadOnlyList<FieldValue> Spread(IReadOnlyList<FieldValue> values) =>
        [.. values.SelectMany(value => value.Json is JsonNodeFact.Array list ? list.Items.Select(item => value with { Json = item }) : [value])];
}
