namespace AiAccessProxy.Tests.Policies.Generated;

/// <summary>A condition on a field: <c>{ field: f, op: operand }</c>; operands as YAML writes them. A quantifier has its inner operator in <see cref="Inner"/>.</summary>
internal sealed record DrawnWhere(string Field, string Operator, IReadOnlyList<string> Operands)
{
    public string? Inner { get; init; }

    /// <summary>The place in the JSON that the field's text holds.</summary>
    public string? Json { get; init; }

    public string Yaml
    {
        get
        {
            var operand = (Inner ?? Operator) == "in" ? $"[{string.Join(", ", Operands)}]" : Operands[0];
            return $"{{ field: {Field}, {(Json is null ? "" : $"json: \"{Json}\", ")}{(Inner is null ? $"{Operator}: {operand}" : $"{Operator}: {{ {Inner}: {operand} }}")} }}";
        }
    }
}
