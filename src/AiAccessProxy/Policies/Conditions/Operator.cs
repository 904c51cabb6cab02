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

    public virtual Truth Judge(FieldReading reading) => reading switch
    {
        FieldReading.Absent => Truth.False,
        FieldReading.Present present => JudgeAll(present.Values),
        _ => Truth.Unknown,
    };

    /// <summary>It compares with something that must not be told.</summary>
    public virtual bool IsSecret => false;

    /// <summary>Judges one value by itself.</summary>
    public abstract Truth JudgeOne(FieldValue value);

    private protected virtual Truth JudgeAll(IReadOnlyList<FieldValue> values) =>
        values is [var only] ? JudgeOne(only) : Truth.Unknown;

    /// <summary><c>equals</c>.</summary>
    public sealed record EqualTo(Operand Operand) : Operator
    {
        public override bool IsSecret => Operand.IsSecret;

        public override Truth JudgeOne(FieldValue value) => Operand.Is(value);
    }

    /// <summary><c>in</c>: equal to one of them.</summary>
    public sealed record OneOf(IReadOnlyList<Operand> Operands) : Operator
    {
        public override bool IsSecret => Operands.Any(operand => operand.IsSecret);

        public override Truth JudgeOne(FieldValue value) => Kleene.Or(Operands, operand => operand.Is(value));
    }

    /// <summary><c>gt</c>.</summary>
    public sealed record GreaterThan(ExactNumber Limit) : Operator
    {
        public override Truth JudgeOne(FieldValue value) =>
            Operand.Number.In(value) is { } number ? Kleene.Of(number.CompareTo(Limit) > 0) : Truth.Unknown;
    }

    /// <summary><c>lte</c>.</summary>
    public sealed record AtMost(ExactNumber Limit) : Operator
    {
        public override Truth JudgeOne(FieldValue value) =>
            Operand.Number.In(value) is { } number ? Kleene.Of(number.CompareTo(Limit) <= 0) : Truth.Unknown;
    }

    /// <summary><c>exists</c>. Repeated and wrongly typed fields exist.</summary>
    public sealed record Exists(bool Expected) : Operator
    {
        public override Truth Judge(FieldReading reading) => reading switch
        {
            FieldReading.Absent => Kleene.Of(!Expected),
            FieldReading.Present => Kleene.Of(Expected),
            _ => Truth.Unknown,
        };

        public override Truth JudgeOne(FieldValue value) => Kleene.Of(Expected);
    }

    /// <summary>
    /// <c>any: {…}</c>: at least one value meets all of <paramref name="Each"/>. A list counts as its items, anything else as one value; a list
    /// without items is as absent.
    /// </summary>
    public sealed record Any(IReadOnlyList<Operator> Each) : Operator
    {
        public override bool IsSecret => Each.Any(one => one.IsSecret);

        public override Truth JudgeOne(FieldValue value) => JudgeAll([value]);

        private protected override Truth JudgeAll(IReadOnlyList<FieldValue> values) =>
            Kleene.Or(Spread(values), value => Kleene.And(Each, one => one.JudgeOne(value)));
    }

    /// <summary><c>all: {…}</c>: there are values, and each meets all of <paramref name="Each"/>. Lists count as for <see cref="Any"/>.</summary>
    public sealed record All(IReadOnlyList<Operator> Each) : Operator
    {
        public override bool IsSecret => Each.Any(one => one.IsSecret);

        public override Truth JudgeOne(FieldValue value) => JudgeAll([value]);

        private protected override Truth JudgeAll(IReadOnlyList<FieldValue> values) => Spread(values) switch
        {
            [] => Truth.False,
            var spread => Kleene.And(spread, value => Kleene.And(Each, one => one.JudgeOne(value))),
        };
    }

    private static IReadOnlyList<FieldValue> Spread(IReadOnlyList<FieldValue> values) =>
        [.. values.SelectMany(value => value.Json is JsonNodeFact.Array list ? list.Items.Select(item => value with { Json = item }) : [value])];
}
