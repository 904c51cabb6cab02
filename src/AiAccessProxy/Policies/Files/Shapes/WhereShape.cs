using System.ComponentModel;

namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>A condition on a field. Absent: false, except under exists: false.</summary>
internal sealed record WhereShape : OperatorShape
{
    [Description("body.amount, form.Action, query.force, header.x-env, path.name.")]
    public required string Field { get; init; }

    [Description("The field is a text that holds JSON, and this is a place in it: Statement.*.Action.")]
    public string? Json { get; init; }

    public bool? Exists { get; init; }

    [Description("One of the values meets this.")]
    public OperatorShape? Any { get; init; }

    [Description("There are values, and each meets this.")]
    public OperatorShape? All { get; init; }
}
