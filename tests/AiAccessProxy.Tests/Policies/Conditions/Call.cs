using System.Text;
using AiAccessProxy.Actions;

namespace AiAccessProxy.Tests.Policies.Conditions;

/// <summary>Calls in one line, for tables: the field <c>v</c> in the place that the word before the colon names.</summary>
internal static class Call
{
    /// <summary>The places a value may stand in.</summary>
    public static IReadOnlyList<string> Sources { get; } = ["path", "query", "header", "form", "body", "json", "formjson"];

    /// <summary>A call with one value, given as JSON has it, in a place.</summary>
    public static string With(string source, string json) => source switch
    {
        "body" or "json" or "formjson" => $"{source}:{{\"v\":{json}}}",
        "query" or "form" => $"{source}:v={json.Trim('"')}",
        _ => $"{source}:{json.Trim('"')}",
    };

    /// <summary>The name of the field in such a call, with the place in its JSON.</summary>
    public static string Field(string call) => call[..call.IndexOf(':', StringComparison.Ordinal)] switch
    {
        "streamed" => "body.v",
        "items" => "body.items.*.v",
        "json" => "query.d, json: v",
        "formjson" => "form.d, json: v",
        "jsons" => "query.d, json: \"*.v\"",
        var source => $"{source}.v",
    };

    public static ApiAction Of(string call)
    {
        var colon = call.IndexOf(':', StringComparison.Ordinal);
        var (source, text) = (call[..colon], call[(colon + 1)..]);
        return source switch
        {
            "path" => Some.Action("POST", $"/x/{text}"),
            "query" => Some.Action("POST", text.Length == 0 ? "/x/y" : $"/x/y?{text}"),
            "header" => Some.Action("POST", "/x/y", null, [.. text.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(value => new HeaderField("V", value == "empty" ? "" : value))]),
            "body" or "items" => Some.Action("POST", "/x/y", text == "none" ? new ActionBody.None() : Some.Body(text)),
            "json" or "jsons" => Some.Action("POST", text == "none" ? "/x/y" : $"/x/y?{Documents(text)}"),
            "form" => Some.Action("POST", "/x/y", Form(text)),
            "formjson" => Some.Action("POST", "/x/y", Form(Documents(text))),
            "streamed" => Some.Action("POST", "/x/y", new ActionBody.Streamed(null)),
            _ => throw new ArgumentException(call, nameof(call)),
        };
    }

    /// <summary>One parameter for each document; <c>||</c> stands between two.</summary>
    private static string Documents(string text) => string.Join('&', text.Split("||").Select(one => $"d={Uri.EscapeDataString(one)}"));

    private static ActionBody.Whole Form(string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        var head = Some.Head("POST", headers: new HeaderField("Content-Type", "application/x-www-form-urlencoded"));
        return new(bytes, "", BodyFactsReader.Read(head, bytes));
    }
}
