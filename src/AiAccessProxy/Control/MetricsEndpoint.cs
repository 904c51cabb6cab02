using AiAccessProxy.Control.Guarding;
using AiAccessProxy.Control.SignIn;
using AiAccessProxy.Telemetry;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Control;

/// <summary>
/// <c>/metrics</c>: to whoever has the token, by any name of the plane; without a token to those on the machine, by the plane's own name, so
/// that no page in a reviewer's browser gets them by another.
/// </summary>
internal sealed class MetricsEndpoint(MetricsText metrics, OwnAuthority own, IOptions<TelemetryOptions> options)
{
    private const string OpenMetrics = "application/openmetrics-text";

    public async Task WriteAsync(HttpContext context)
    {
        var token = options.Value.MetricsToken;
        var problem = !options.Value.Metrics ? ControlProblem.NotFound
            : token is not null ? Bearer.Of(context.Request) is { } sent && Secret.Same(sent, token) ? null : ControlProblem.SignInNeeded
            : own.OriginOf(context) is not null && Neighbour.Is(context) ? null
            : ControlProblem.NotFound;
        if (problem is not null)
        {
            await ProblemAnswer.WriteAsync(context, problem);
            return;
        }

        var isOpen = context.Request.Headers.Accept.Any(accept => accept?.Contains(OpenMetrics, StringComparison.OrdinalIgnoreCase) == true);
        context.Response.ContentType = isOpen ? $"{OpenMetrics}; version=1.0.0; charset=utf-8" : "text/plain; version=0.0.4; charset=utf-8";
        await context.Response.WriteAsync(metrics.Read(isOpen), context.RequestAborted);
    }
}
