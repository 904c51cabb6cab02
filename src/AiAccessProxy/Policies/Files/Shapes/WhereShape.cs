using System.ComponentModel;

namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>A condition on a field. Absent: false, except under exists: false.</summary>
[Schema("""
    { "anyOf": [
      { "required": ["equals"] }, { "required": ["in"] }, { "required": ["contains"] }, { "required": ["starts_with"] }, { "required": ["ends_with"] },
      { "required": ["matches"] }, { "required": ["gt"] }, { "required": ["gte"] }, { "required": ["lt"] }, { "required": ["lte"] },
      { "required": ["exists"] }, { "required": ["any"] }, { "required": ["all"] }] }
    """)]
[Schema("""
    { "if": { "anyOf": [
        { "properties": { "field": { "pattern": "^[^\"]*[.][*]([.]|$)" } }, "required": ["field"] },
        { "properties": { "json": { "pattern": "^([^\"]*[.])?[*]([.]|$)" } }, "required": ["json"] }] },
      "then": { "properties": {
        "equals": false, "in": false, "contains": false, "starts_with": false, "ends_with": false,
        "matches": false, "gt": false, "gte": false, "lt": false, "lte": false } } }
    """)]
[Schema("""
    { "if": { "properties": { "field": { "pattern": "^(path|query|header|form)[.]" }, "json": false }, "required": ["field"] },
      "then": { "properties": { "equals": { "not": { "type": "null" } }, "in": { "items": { "not": { "type": "null" } } } } } }
    """)]
internal sealed record WhereShape : OperatorShape
{
    [Description("body.amount, form.Action, query.force, header.x-env, path.name.")]
    [Pattern(Pattern.Field)]
    public required string Field { get; init; }

    [Description("The field is a text that holds JSON, and this is a place in it: Statement.*.Action.")]
    [Pattern(Pattern.Json)]
    public string? Json { get; init; }

    public bool? Exists { get; init; }

    [Description("One of the values meets this.")]
    public OperatorShape? Any { get; init; }

    [Description("There are values, and each meets this.")]
    public OperatorShape? All { get; init; }
}
