using AiAccessProxy.Actions;

namespace AiAccessProxy.Policies.Conditions;

/// <summary>A condition of a rule: true, false or unknown of one call.</summary>
internal abstract record Condition
{
    private Condition()
    {
    }

    public abstract Truth Judge(CallView call);

    /// <summary>Every condition on a field in here.</summary>
    public virtual IEnumerable<On> Fields => [];

    /// <summary>The method is one of these. HEAD is not GET.</summary>
    public sealed record Methods(IReadOnlyList<string> Names) : Condition
    {
        public override Truth Judge(CallView call) => Kleene.Of(Names.Contains(call.Method, StringComparer.Ordinal));
    }

    public sealed record Paths(IReadOnlyList<PathPattern> Patterns) : Condition
    {
        public override Truth Judge(CallView call) => Kleene.Or(Patterns, pattern => pattern.Judge(call.Path));
    }

    /// <summary>A field meets an operator.</summary>
    public sealed record On(FieldPath Field, Operator Operator) : Condition
    {
        public override IEnumerable<On> Fields => [this];

        public override Truth Judge(CallView call) => Operator.Judge(call.Read(Field));
    }

    public sealed record All(IReadOnlyList<Condition> Parts) : Condition
    {
        public override IEnumerable<On> Fields => Parts.SelectMany(part => part.Fields);

        public override Truth Judge(CallView call) => Kleene.And(Parts, part => part.Judge(call));
    }

    public sealed record Any(IReadOnlyList<Condition> Parts) : Condition
    {
        public override IEnumerable<On> Fields => Parts.SelectMany(part => part.Fields);

        public override Truth Judge(CallView call) => Kleene.Or(Parts, part => part.Judge(call));
    }

    public sealed record Not(Condition Part) : Condition
    {
        public override IEnumerable<On> Fields => Part.Fields;

        public override Truth Judge(CallView call) => Kleene.Not(Part.Judge(call));
    }
}
