using System.Text.Json.Nodes;

namespace AiAccessProxy.Approvals.Teams.Inbound;

/// <summary>What a click or a refresh is answered with: the body of the response to its invoke.</summary>
internal abstract record InvokeAnswer
{
    private InvokeAnswer()
    {
    }

    /// <summary>Takes the place of the card, for this viewer alone.</summary>
    public sealed record Card(JsonObject Content) : InvokeAnswer;

    /// <summary>Words for this viewer; the card stays as it is.</summary>
    public sealed record Words(string Text) : InvokeAnswer;

    /// <summary>It could not be done; Teams says so beside the card, with the words.</summary>
    public sealed record Failed(string Text) : InvokeAnswer;

    /// <summary>Why a click decided nothing although the desk was never asked, for the record; null when it was, or when nobody tried to decide.</summary>
    public string? Refused { get; init; }

    /// <summary>As Teams reads it.</summary>
    public JsonObject ToJson() => this switch
    {
        Card(var content) => Of(200, "application/vnd.microsoft.card.adaptive", content.DeepClone()),
        Words(var text) => Of(200, "application/vnd.microsoft.activity.message", text),
        Failed(var text) => Of(500, "application/vnd.microsoft.error", new JsonObject { ["code"] = "NotDone", ["message"] = text }),
        _ => throw new InvalidOperationException("An invoke is answered with a card, words or a failure."),
    };

    private static JsonObject Of(int status, string type, JsonNode value) => new() { ["statusCode"] = status, ["type"] = type, ["value"] = value };
}
