using System.Text;
using AiAccessProxy.Actions;
using AiAccessProxy.Actions.Bodies;

namespace AiAccessProxy.Policies.Conditions;

/// <summary>
/// A value that a rule compares with. A value of the call that is of another type is wrongly typed, and it cannot be told whether the
/// upstream would take one for the other. Texts of a path, query, header or form have no type of their own: they are read as what the operand
/// is, a number if they are a JSON number, a boolean if they are <c>true</c> or <c>false</c>.
/// </summary>
internal abstract record Operand
{
    private Operand()
    {
    }

    /// <summary>It was put in by a reference (<c>${env:NAME}</c>): it is never told, and neither is a value that may be it.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether <paramref name="value"/> is this.</summary>
    public abstract Truth Is(FieldValue value, Circumstances call);

    /// <summary>
    /// Texts are equal when all their UTF-16 units are; of a path, what only some upstreams take for it is unknown. Nothing is equal to a
    /// reference that stands for nothing: it cannot be told then.
    /// </summary>
    public sealed record Text(RuleText Value) : Operand
    {
        public override Truth Is(FieldValue value, Circumstances call) =>
            value.Json is not JsonNodeFact.Text || Value.For(call) is not { } wanted ? Truth.Unknown : value.Compare(wanted) switch
            {
                Sameness.Same => Truth.True,
                Sameness.Alike => Truth.Unknown,
                _ => Truth.False,
            };

        /// <summary>Whether <paramref name="holds"/> is true of the text that <paramref name="value"/> is, and of this.</summary>
        public Truth Judge(FieldValue value, Circumstances call, Func<string, string, StringComparison, bool> holds) =>
            Value.For(call) is { } wanted
                ? SpelledText.Judge(value, (text, ignoresCase) =>
                    Kleene.Of(holds(text, wanted, ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)))
                : Truth.Unknown;
    }

    public sealed record Number(ExactNumber Value) : Operand
    {
        /// <summary>The number that <paramref name="value"/> is; null when it is none, or one that readers round.</summary>
        public static ExactNumber? In(FieldValue value) => value.Json switch
        {
            JsonNodeFact.Number number => ExactNumber.Parse(number.Lexeme),
            JsonNodeFact.Text text when !value.HasType && KeptNumber.Is(Encoding.UTF8.GetBytes(text.Value)) => ExactNumber.Parse(text.Value),
            _ => null,
        };

        public override Truth Is(FieldValue value, Circumstances call) =>
            In(value) is { } number ? Kleene.Of(number.CompareTo(Value) == 0) : Truth.Unknown;
    }

    public sealed record Boolean(bool Value) : Operand
    {
        public override Truth Is(FieldValue value, Circumstances call) => value.Json switch
        {
            JsonNodeFact.Boolean boolean => Kleene.Of(boolean.Value == Value),
            JsonNodeFact.Text { Value: "true" } when !value.HasType => Kleene.Of(Value),
            JsonNodeFact.Text { Value: "false" } when !value.HasType => Kleene.Of(!Value),
            _ => Truth.Unknown,
        };
    }

    public sealed record Null : Operand
    {
        public override Truth Is(FieldValue value, Circumstances call) => value.Json is JsonNodeFact.Null ? Truth.True : Truth.Unknown;
    }
}
