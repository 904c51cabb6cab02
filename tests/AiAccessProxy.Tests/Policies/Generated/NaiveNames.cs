using System.Text.Json;
using System.Text.RegularExpressions;

namespace AiAccessProxy.Tests.Policies.Generated;

/// <summary>Names of actions with fields of the call put in.</summary>
internal static partial class NaiveNames
{
    public static string Filled(DrawnRule rule, List<string> redact, DrawnCall call) =>
        Field().Replace(rule.Action!, field => Part(field.Groups[1].Value, NaiveFields.Read(call, rule.Match.Paths, field.Groups[1].Value, null), redact));

    private static string Part(string field, List<object>? values, List<string> redact) => values switch
    {
        [] => "(absent)",
        _ when redact.Contains(field) => "(redacted)",
        null => "(unreadable)",
        [var one] when Word().IsMatch(Written(one)) => Written(one),
        _ => "(unclear)",
    };

    private static string Written(object value) => value switch
    {
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString()!,
        JsonElement { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } other => other.GetRawText(),
        _ => "",
    };

    [GeneratedRegex(@"\{([^}]+)\}")]
    private static partial Regex Field();

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex Word();
}
