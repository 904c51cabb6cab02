using System.Collections.Frozen;
using System.Diagnostics;
using System.Text.RegularExpressions;
using AiAccessProxy.Actions;
using AiAccessProxy.Policies;
using AiAccessProxy.Telemetry;

namespace AiAccessProxy.Gate;

/// <summary>
/// OpenTelemetry's attributes of calls to models and to MCP servers, where the body was read for a rule anyway. A body's value goes on a span
/// only where it has the form of a name, and no rule redacts it.
/// </summary>
internal static partial class GenAiTrace
{
    private static readonly FrozenSet<string> McpMethods = FrozenSet.ToFrozenSet(
        [
            "initialize", "ping", "tools/list", "tools/call", "resources/list", "resources/read", "resources/templates/list", "resources/subscribe",
            "resources/unsubscribe", "prompts/list", "prompts/get", "completion/complete", "logging/setLevel", "notifications/initialized",
            "notifications/cancelled", "notifications/progress", "sampling/createMessage", "elicitation/create", "roots/list",
        ],
        StringComparer.Ordinal);

    private static readonly (string Ending, string Operation)[] Operations =
    [
        ("/chat/completions", "chat"), ("/responses", "chat"), ("/messages", "chat"), ("/completions", "text_completion"), ("/embeddings", "embeddings"),
    ];

    public static void Tell(Activity span, Bound bound)
    {
        if (bound.Action.Action.Body is not ActionBody.Whole { Facts: BodyFacts.Json { Root: JsonNodeFact.Object { Members: var members } } }) return;
        var redacted = bound.Decision.Redact;
        if (Name(members, "model", redacted) is { } model)
        {
            span.SetTag(Attributes.GenAiModel, model);
            var path = bound.Action.Action.Head.Target.Raw.Split('?', 2)[0];
            span.SetTag(Attributes.GenAiOperation, Operations.FirstOrDefault(one => path.EndsWith(one.Ending, StringComparison.Ordinal)).Operation);
        }

        if (members.ContainsKey("jsonrpc") && Name(members, "method", redacted) is { } method && McpMethods.Contains(method)) TellMcp(span, method, members, bound);
    }

    private static void TellMcp(Activity span, string method, IReadOnlyDictionary<string, JsonNodeFact> members, Bound bound)
    {
        span.SetTag(Attributes.McpMethod, method);
        var version = bound.Action.Action.Head.Headers.FirstOrDefault(header => header.Name.Equals("MCP-Protocol-Version", StringComparison.OrdinalIgnoreCase)).Value;
        if (version is not null && Date().IsMatch(version)) span.SetTag(Attributes.McpProtocol, version);
        if (method != "tools/call" || IsRedacted("params", bound.Decision.Redact)) return;
        span.SetTag(Attributes.GenAiOperation, "execute_tool");
        if (members.GetValueOrDefault("params") is JsonNodeFact.Object { Members: var call }) span.SetTag(Attributes.GenAiTool, Name(call, "name", []));
    }

    private static string? Name(IReadOnlyDictionary<string, JsonNodeFact> members, string member, IReadOnlyList<NamedReading> redacted) =>
        members.GetValueOrDefault(member) is JsonNodeFact.Text { Value: var value } && LooksLikeName().IsMatch(value) && !IsRedacted(member, redacted) ? value : null;

    /// <summary>Also by what stands around it: <c>body</c>, <c>body.*</c>.</summary>
    private static bool IsRedacted(string member, IReadOnlyList<NamedReading> redacted) => redacted.Any(one =>
        one.Field.Source == FieldSource.Body
        && (one.Field.Steps is not [{ Name: { } named }, ..] || named.Equals(member, StringComparison.OrdinalIgnoreCase)));

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._:/@-]{0,99}\z")]
    private static partial Regex LooksLikeName();

    [GeneratedRegex(@"\A\d{4}-\d{2}-\d{2}\z")]
    private static partial Regex Date();
}
