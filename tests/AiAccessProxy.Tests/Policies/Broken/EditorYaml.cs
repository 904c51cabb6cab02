using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Files;

namespace AiAccessProxy.Tests.Policies.Broken;

/// <summary>A file as editors hold it against a schema: values without quotes are what the core schema of YAML 1.2 takes them for.</summary>
internal static partial class EditorYaml
{
    /// <summary>Null where there is no document.</summary>
    public static string? Json(string text) =>
        new YamlDocument("any.yaml", new List<PolicyProblem>()).Read(Encoding.UTF8.GetBytes(text)) is { } document ? Of(document)!.ToJsonString() : null;

    private static JsonNode? Of(YamlNode node) => node switch
    {
        YamlNode.Mapping mapping => new JsonObject(mapping.Members.Select(member => KeyValuePair.Create(member.Key, Of(member.Value)))),
        YamlNode.Sequence list => new JsonArray([.. list.Items.Select(Of)]),
        YamlNode.Scalar { IsPlain: false } quoted => JsonValue.Create(quoted.Text),
        YamlNode.Scalar plain => Plain(plain.Text),
        _ => null,
    };

    private static JsonValue? Plain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => JsonValue.Create(true),
        "false" or "False" or "FALSE" => JsonValue.Create(false),
        _ when Whole().IsMatch(text) => JsonValue.Create(long.Parse(text, CultureInfo.InvariantCulture)),
        _ when Number().IsMatch(text) => JsonValue.Create(double.Parse(text, CultureInfo.InvariantCulture)),
        _ => JsonValue.Create(text),
    };

    [GeneratedRegex(@"^[-+]?[0-9]{1,18}$", RegexOptions.NonBacktracking)]
    private static partial Regex Whole();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", RegexOptions.NonBacktracking)]
    private static partial Regex Number();
}
