using AiAccessProxy.Actions;

namespace AiAccessProxy.Tests.Policies.Conditions;

/// <summary>Calls in one line, for tables: the field <c>v</c> in the place that the word before the colon names.</summary>
internal static class Call
{
    /// <summary>The name of the field in such a call.</summary>
    public static string Field(string call) => call[..call.IndexOf(':', StringComparison.Ordinal)] switch
    {
        "streamed" => "body.v",
        "items" => "body.items.*.v",
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
            "header" => Some.Action("POST", "/x/y", null, [.. text.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(value => new HeaderField("V", value))]),
            "body" or "items" => Some.Action("POST", "/x/y", text == "none" ? new ActionBody.None() : Some.Body(text)),
            "streamed" => Some.Action("POST", "/x/y", new ActionBody.Streamed(null)),
            _ => throw new ArgumentException(call, nameof(call)),
        };
    }
}
