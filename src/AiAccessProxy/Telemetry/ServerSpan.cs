using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http.Features;

namespace AiAccessProxy.Telemetry;

/// <summary>
/// What the span and the metrics of a request that came in say, by OpenTelemetry's HTTP conventions: the server of .NET 10 leaves out route,
/// status and error, and what it would put in by itself (<c>url.path</c>, <c>url.query</c>, the Host that was sent) nobody has redacted.
/// </summary>
internal static class ServerSpan
{
    /// <summary>Null when nobody will see it, so that nothing has to be found out for it.</summary>
    public static Activity? Of(HttpContext context) =>
        context.Features.Get<IHttpActivityFeature>()?.Activity is { IsAllDataRequested: true } span ? span : null;

    /// <summary>Has <paramref name="next"/> answer, and tells of the answer.</summary>
    /// <param name="address">What the plane is called.</param>
    public static Task TraceAsync(HttpContext context, Func<Uri> address, RequestDelegate next) =>
        Of(context) is { } span ? TraceAsync(span, context, address(), next) : next(context);

    /// <summary>Nobody wants to see this request.</summary>
    public static void Silence(HttpContext context)
    {
        if (Of(context) is not { } span) return;
        span.IsAllDataRequested = false;
        span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }

    /// <param name="route">A pattern from the program or the policy, never a path.</param>
    public static void Name(HttpContext context, string route)
    {
        if (context.Features.Get<IHttpMetricsTagsFeature>() is { Tags: var labels }) labels.Add(new(Attributes.HttpRoute, route));
        if (Of(context) is { } span) Name(span, route);
    }

    private static void Name(Activity span, string route)
    {
        span.SetTag(Attributes.HttpRoute, route);
        span.DisplayName = $"{span.GetTagItem(Attributes.HttpMethod) as string ?? "HTTP"} {route}";
    }

    private static async Task TraceAsync(Activity span, HttpContext context, Uri address, RequestDelegate next)
    {
        var method = HttpNames.Method(context.Request.Method);
        span.DisplayName = method == HttpNames.OtherMethod ? "HTTP" : method;
        span.SetTag(Attributes.HttpMethod, method);
        span.SetTag(Attributes.UrlScheme, context.Request.Scheme);
        span.SetTag(Attributes.ProtocolVersion, HttpNames.Version(context.Request.Protocol));
        span.SetTag(Attributes.ServerAddress, address.Host);
        span.SetTag(Attributes.ServerPort, address.Port);
        try
        {
            await next(context);
        }
        finally
        {
            if (span.GetTagItem(Attributes.HttpRoute) is null && Pattern(context) is { } route) Name(span, route);
            End(span, context.Response.StatusCode);
        }
    }

    /// <summary>Of a server's span only the server's own failures are errors.</summary>
    private static void End(Activity span, int status)
    {
        span.SetTag(Attributes.HttpStatus, status);
        if (status < StatusCodes.Status500InternalServerError) return;
        span.SetTag(Attributes.ErrorType, span.GetTagItem(Attributes.Problem) ?? status.ToString(CultureInfo.InvariantCulture));
        span.SetStatus(ActivityStatusCode.Error);
    }

    private static string? Pattern(HttpContext context) =>
        (context.GetEndpoint() as Microsoft.AspNetCore.Routing.RouteEndpoint)?.RoutePattern.RawText;
}
