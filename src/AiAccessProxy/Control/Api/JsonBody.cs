using System.Text.Json;

namespace AiAccessProxy.Control.Api;

/// <summary>Reads the body of a request to the API, strictly.</summary>
internal static class JsonBody
{
    /// <param name="expected">What to send, for a body that is anything else.</param>
    public static async ValueTask<(T? Body, ControlProblem? Problem)> ReadAsync<T>(HttpContext context, string expected)
        where T : class
    {
        try
        {
            return await context.Request.ReadFromJsonAsync<T>(ApiJson.Options, context.RequestAborted) is { } body
                ? (body, null)
                : (null, ControlProblem.BadRequest(expected));
        }
        catch (JsonException)
        {
            return (null, ControlProblem.BadRequest(expected));
        }
        catch (BadHttpRequestException bad)
        {
            return (null, bad.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? ControlProblem.TooLarge
                : ControlProblem.BadRequest("The body ends too early."));
        }
    }
}
