using System.Text.Json;
using System.Text.Json.Serialization;
using AiAccessProxy.Control.Api;

namespace AiAccessProxy.Commands.Server;

/// <summary>JSON as a server tells it that may be newer than this program, and tell more.</summary>
internal static class ServerJson
{
    private static readonly JsonSerializerOptions Reading = new(ApiJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip };

    /// <exception cref="JsonException">It is no <typeparamref name="T"/>.</exception>
    public static T As<T>(this JsonElement json) => json.Deserialize<T>(Reading) ?? throw new JsonException("null where something was expected");

    /// <summary>In one line. What is not ASCII comes out escaped, so that JSON is as safe to look at as the tables are.</summary>
    public static string Line(JsonElement json) => JsonSerializer.Serialize(json);

    /// <summary>Null when it is none.</summary>
    public static JsonElement? Parse(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
