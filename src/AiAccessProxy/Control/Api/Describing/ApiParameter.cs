using System.Globalization;
using System.Text.Json.Nodes;

namespace AiAccessProxy.Control.Api.Describing;

/// <summary>A parameter of an endpoint: how it is described, and what is accepted of it.</summary>
/// <param name="Schema">JSON schema of its value.</param>
/// <param name="IsRight">Whether a value that came is one.</param>
/// <param name="Remedy">What to send instead of one that is not.</param>
internal sealed record ApiParameter(string Name, string Description, JsonObject Schema, Func<string, bool> IsRight, string Remedy)
{
    /// <summary><c>query</c>, <c>path</c> or <c>header</c>.</summary>
    public string In { get; init; } = "query";

    /// <summary>How often it may come; more than once for lists alone.</summary>
    public bool IsList { get; init; }

    public static ApiParameter Text(string name, string description, int longest = 200) => new(
        name, description, new() { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = longest },
        text => text.Length > 0 && text.Length <= longest, $"1 to {longest} characters");

    public static ApiParameter Choice(string name, string description, params string[] values) => new(
        name, description, new() { ["type"] = "string", ["enum"] = new JsonArray([.. values.Select(value => (JsonNode)value)]) },
        values.Contains, $"one of {string.Join(", ", values)}");

    public static ApiParameter Number(string name, string description, int least, int most, int usual) => new(
        name, description, new() { ["type"] = "integer", ["minimum"] = least, ["maximum"] = most, ["default"] = usual },
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most,
        $"a whole number from {least} to {most}");

    public static ApiParameter Time(string name, string description) => new(
        name, description, new() { ["type"] = "string", ["format"] = "date-time" },
        text => ApiTime.Parse(text) is not null, "a time like 2026-11-21T09:00:00Z");

    public static ApiParameter Flag(string name, string description) => new(
        name, description, new() { ["type"] = "boolean" }, text => text is "true" or "false", "true or false");

    public static ApiParameter Path(string name, string description, string pattern) => new(
        name, description, new() { ["type"] = "string", ["pattern"] = pattern }, _ => true, "")
    { In = "path" };

    public static ApiParameter Header(string name, string description, string pattern) => new(
        name, description, new() { ["type"] = "string", ["pattern"] = pattern },
        text => System.Text.RegularExpressions.Regex.IsMatch(text, pattern, System.Text.RegularExpressions.RegexOptions.NonBacktracking), $"a value like {pattern}")
    { In = "header" };
}
