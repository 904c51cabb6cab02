using System.Globalization;
using AiAccessProxy.Control.Api;
using AiAccessProxy.Control.Api.Shapes;
using AiAccessProxy.Control.Pages;
using AiAccessProxy.Control.SignIn;

namespace AiAccessProxy.Control;

/// <summary>Answers with a problem in the form that the asker reads.</summary>
internal static class ProblemAnswer
{
    public static async Task WriteAsync(HttpContext context, ControlProblem problem)
    {
        var response = context.Response;
        if (response.HasStarted)
        {
            context.Abort();
            return;
        }

        response.StatusCode = problem.Status;
        AddHeaders(response, problem);
        if (context.Request.Path.StartsWithSegments("/api"))
        {
            await response.WriteAsJsonAsync(
                new ProblemJson(ControlProblem.TypePrefix + problem.Kind, problem.Title, problem.Status, problem.Detail),
                ApiJson.Options, "application/problem+json", context.RequestAborted);
        }
        else await PageAnswer.WriteAsync(context, problem.Status, ProblemPage.Of(problem, context.Features.Get<Viewer>()));
    }

    public static void AddHeaders(HttpResponse response, ControlProblem problem)
    {
        if (problem.Status == StatusCodes.Status401Unauthorized) response.Headers.WWWAuthenticate = "Bearer";
        if (problem.RetryAfter is { } after)
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(after.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }
}
