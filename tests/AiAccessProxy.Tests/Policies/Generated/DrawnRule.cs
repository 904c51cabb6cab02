namespace AiAccessProxy.Tests.Policies.Generated;

/// <summary>A rule; <see cref="Effect"/> and the other words as YAML has them.</summary>
internal sealed record DrawnRule(string Id, string Effect, DrawnBlock Match)
{
    public string? Risk { get; init; }

    /// <summary>With or without fields of the call in braces.</summary>
    public string? Action { get; init; }

    public IReadOnlyList<string> Controls { get; init; } = [];

    public IReadOnlyList<string> Notify { get; init; } = [];

    /// <summary>Calls in an hour; null for no rate.</summary>
    public int? Rate { get; init; }

    public string? Credential { get; init; }

    public required IReadOnlyList<string> Redact { get; init; }

    public bool IsObserved { get; init; }

    /// <summary>For rules that require approval.</summary>
    public required IReadOnlyList<string> Require { get; init; }

    public required IReadOnlyList<string> Show { get; init; }

    public required string From { get; init; }

    public required int Minutes { get; init; }

    public string Yaml
    {
        get
        {
            List<string> parts = [$"id: {Id}", $"effect: {Effect}", $"match: {Match.Yaml}"];
            if (Risk is not null) parts.Add($"risk: {Risk}");
            if (Action is not null) parts.Add($"action: \"{Action}\"");
            if (Controls.Count > 0) parts.Add($"controls: [{string.Join(", ", Controls)}]");
            if (Rate is not null) parts.Add($"rate: {{ calls: {Rate}, within: 1h }}");
            if (Credential is not null) parts.Add($"credential: {Credential}");
            if (Redact.Count > 0) parts.Add($"redact: [{string.Join(", ", Redact)}]");
            if (IsObserved) parts.Add("observe: true");
            if (Effect == "require_approval")
            {
                if (Require.Count > 0) parts.Add($"require: [{string.Join(", ", Require)}]");
                if (Show.Count > 0) parts.Add($"show: [{string.Join(", ", Show)}]");
                if (Notify.Count > 0) parts.Add($"notify: [{string.Join(", ", Notify)}]");
                parts.Add($"approval: {{ need: [{{ from: [{From}] }}], decide_within: {Minutes}m, use_within: {Minutes + 1}m }}");
            }

            return $"- {{ {string.Join(", ", parts)} }}";
        }
    }
}
