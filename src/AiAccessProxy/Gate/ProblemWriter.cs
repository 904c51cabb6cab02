using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using AiAccessProxy.Gate.Limits;
using AiAccessProxy.Telemetry;

namespace AiAccessProxy.Gate;

/// <summary>Writes our own answers. <c>message</c> and <c>error</c> stand beside the RFC 9457 members because those are what SDKs show.</summary>
internal static class ProblemWriter
{
    // The text goes into application/problem+json, never into HTML, and models read apostrophes better than \u0027.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(HttpContext context, Problem problem)
    {
        var response = context.Response;
        GateSignals.Refusals.Add(1, new KeyValuePair<string, object?>("kind", problem.Kind));
        if (ServerSpan.Of(context) is { } span)
        {
            span.SetTag(Attributes.Problem, problem.Kind);
            if (problem.Record is { } said) span.SetTag(Attributes.Record, said.ToString());
        }

        if (response.HasStarted)
        {
            // Half of the upstream's answer is out: the only honest thing left is to break it off.
            context.Abort();
            return;
        }

        if (problem.Status == StatusCodes.Status429TooManyRequests) context.Features.Get<CallPlace>()?.WasTooMuch();
        response.Clear();
        response.StatusCode = problem.Status;
        response.Headers.CacheControl = "no-store";
        if (problem.Record is { } record) response.Headers["AiAccess-Record"] = record.ToString();
        if (!problem.Retryable) response.Headers["x-should-retry"] = "false";
        if (problem.RetryAfter is { } after)
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(after.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (problem.EndsConnection && !HttpProtocol.IsHttp2(context.Request.Protocol)) response.Headers.Connection = "close";
        await response.WriteAsJsonAsync(Body(problem), Json, "application/problem+json");
    }

    /// <summary>202: the call is still pending and its sender asked to be told so.</summary>
    public static async Task WriteAcceptedAsync(HttpContext context, TicketTask task, TimeSpan retryAfter)
    {
        var response = context.Response;
        response.Clear();
        response.StatusCode = StatusCodes.Status202Accepted;
        response.Headers.CacheControl = "no-store";
        response.Headers.Link = $"<{task.StatusEndpoint}>; rel=\"status\"";
        response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        await response.WriteAsJsonAsync(task, Json, "application/json");
    }

    /// <summary>200: how a ticket of the asking agent stands, now that it is no longer pending.</summary>
    public static Task WriteTaskAsync(HttpContext context, TicketTask task)
    {
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(task, Json, "application/json");
    }

    private static Dictionary<string, object?> Body(Problem problem)
    {
        var type = Problem.TypePrefix + problem.Kind;
        var body = new Dictionary<string, object?>
        {
            ["type"] = type,
            ["title"] = problem.Title,
            ["status"] = problem.Status,
            ["detail"] = problem.Detail,
            ["retryable"] = problem.Retryable,
            ["next_action"] = problem.NextAction,
            ["message"] = problem.Detail,
            ["error"] = new { code = problem.Kind, type, message = problem.Detail },
        };
        if (problem.Rules.Count > 0) body["rule"] = string.Join(", ", problem.Rules);
        if (problem.Record is { } record) body["record"] = record;
        if (problem.Task is { } task) body["task"] = task;
        return body;
    }
}
