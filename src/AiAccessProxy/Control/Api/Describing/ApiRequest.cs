using System.Globalization;
using AiAccessProxy.Approvals.Roster;
using AiAccessProxy.Control.SignIn;
using Microsoft.AspNetCore.Routing;

namespace AiAccessProxy.Control.Api.Describing;

/// <summary>The parameters of a request, after <see cref="Check"/>: an unknown one, one twice or a wrong value never comes so far.</summary>
internal static class ApiRequest
{
    /// <summary>Serves an endpoint whose parameters are what it says of them.</summary>
    public static RequestDelegate Guarding(ApiEndpoint endpoint) => async context =>
    {
        if (Check(endpoint, context.Request) is { } problem) await ProblemAnswer.WriteAsync(context, problem);
        else await endpoint.Run(context);
    };

    public static ControlProblem? Check(ApiEndpoint endpoint, HttpRequest request)
    {
        var known = endpoint.Parameters.Where(parameter => parameter.In == "query").ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
        foreach (var (name, values) in request.Query)
        {
            if (!known.TryGetValue(name, out var parameter))
                return ControlProblem.BadRequest(known.Count == 0 ? $"There is no parameter '{Short(name)}' here." : $"There is no parameter '{Short(name)}'; there are {string.Join(", ", known.Keys)}.");
            if (values.Count > (parameter.IsList ? 50 : 1)) return ControlProblem.BadRequest($"{name} came {values.Count} times.");
            if (values.Any(value => !parameter.IsRight(value ?? ""))) return ControlProblem.BadRequest($"{name}: write {parameter.Remedy}.");
        }

        foreach (var header in endpoint.Parameters.Where(parameter => parameter.In == "header"))
        {
            var values = request.Headers[header.Name];
            if (values.Count > 1 || (values.Count == 1 && !header.IsRight(values[0] ?? "")))
                return ControlProblem.BadRequest($"{header.Name}: write {header.Remedy}, once.");
        }

        return null;
    }

    public static string? Text(this HttpContext context, string name) => context.Request.Query[name] is [{ } value] ? value : null;

    public static IReadOnlyList<string>? Texts(this HttpContext context, string name) =>
        context.Request.Query[name] is { Count: > 0 } values ? [.. values.OfType<string>()] : null;

    public static int Number(this HttpContext context, string name, int usual) =>
        context.Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;

    public static DateTimeOffset? Time(this HttpContext context, string name) => context.Text(name) is { } text ? ApiTime.Parse(text) : null;

    public static bool Flag(this HttpContext context, string name) => context.Text(name) == "true";

    /// <summary>A part of the path; empty when there is none.</summary>
    public static string InPath(this HttpContext context, string name) => context.GetRouteValue(name) as string ?? "";

    public static string? Header(this HttpContext context, string name) => context.Request.Headers[name] is [{ } value] ? value : null;

    public static Task AnswerAsync<T>(this HttpContext context, T body, int status = 200)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(body, ApiJson.Options, context.RequestAborted);
    }

    /// <summary>Who asks, as those see it who decide about agents.</summary>
    public static Deciding Deciding(this HttpContext context)
    {
        var viewer = Viewer.Of(context);
        return new(viewer.Person, "api", viewer.Authenticated);
    }

    private static string Short(string name) => name.Length > 40 ? $"{name[..40]}…" : name;
}
