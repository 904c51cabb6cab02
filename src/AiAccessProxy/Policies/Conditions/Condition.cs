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
        public override Truth Judge(CallView call) => call.Judge(path => Kleene.Or(Patterns, pattern => pattern.Judge(path)));
    }

    /// <summary>The agent is one of these.</summary>
    public sealed record Agents(IReadOnlyList<string> Ids) : Condition
    {
        public override Truth Judge(CallView call) => call.Circumstances.Caller is { } caller
            ? Kleene.Of(Ids.Contains(caller.Agent.Id, StringComparer.Ordinal))
            : Truth.Unknown;
    }

    /// <summary>The agent is in one of these groups of <c>agents.yaml</c>.</summary>
    public sealed record AgentGroups(IReadOnlyList<string> Names) : Condition
    {
        public override Truth Judge(CallView call) => call.Circumstances.Caller is { } caller
            ? Kleene.Of(Names.Intersect(caller.Agent.Groups, StringComparer.Ordinal).Any())
            : Truth.Unknown;
    }

    /// <summary>The agent acts for one of these people, or for anybody at all. An agent that acts for nobody does not meet it.</summary>
    /// <param name="Written">As the rule says: <c>person:joan</c>, <c>group:finance</c>, <c>anyone</c>.</param>
    /// <param name="People">The ids that <paramref name="Written"/> stands for; null is anybody.</param>
    public sealed record OnBehalfOf(IReadOnlyList<string> Written, IReadOnlySet<string>? People) : Condition
    {
        public override Truth Judge(CallView call) => call.Circumstances.Caller is { } caller
            ? Kleene.Of(caller.OnBehalfOf is { } person && (People is null || People.Contains(person)))
            : Truth.Unknown;
    }

    /// <summary>The route's environment is one of these.</summary>
    public sealed record Environments(IReadOnlyList<string> Names) : Condition
    {
        public override Truth Judge(CallView call) => call.Circumstances.Environment is { } environment
            ? Kleene.Of(Names.Contains(environment, StringComparer.Ordinal))
            : Truth.Unknown;
    }

    /// <summary>The call is decided within this window.</summary>
    public sealed record During(TimeWindow Window) : Condition
    {
        public override Truth Judge(CallView call) => call.Circumstances.At is { } at ? Kleene.Of(Window.Holds(at)) : Truth.Unknown;
    }

    /// <summary>A field meets an operator.</summary>
    public sealed record On(FieldPath Field, Operator Operator) : Condition
    {
        /// <summary>The place that is looked at in the JSON that the field's text holds; null for the field itself.</summary>
        public FieldPath? Json { get; init; }

        /// <summary>What is looked at, by name.</summary>
        public string Name => Json is null ? Field.Text : $"{Field} (json {Json})";

        public override IEnumerable<On> Fields => [this];

        public override Truth Judge(CallView call) => call.Judge(this);
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
