using AiAccessProxy.Agents;
using AiAccessProxy.Control.SignIn;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Control.Guarding;

/// <summary>
/// Stands before everything on the control plane: headers that keep browsers honest, no foreign Host, no agent, and no failure that
/// tells anything.
/// </summary>
internal sealed partial class ControlGuard(OwnAuthority own, PersonalKeys keys, ILogger<ControlGuard> log) : IMiddleware
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; " +
        "base-uri 'none'; frame-ancestors 'none'";

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        AddHeaders(context.Response.Headers);
        context.Response.Headers.StrictTransportSecurity = own.InsistenceFor(context);
        try
        {
            if (own.OriginOf(context) is null && !IsProbe(context.Request)) await ProblemAnswer.WriteAsync(context, ControlProblem.ForeignHost);
            else if (IsAgent(context.Request)) await ProblemAnswer.WriteAsync(context, keys.RefuseAgent());
            else await next(context);
        }
        catch (LedgerUnavailableException unavailable)
        {
            Log.NotRecordable(log, unavailable);
            await ProblemAnswer.WriteAsync(context, ControlProblem.NotRecordable);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there any more to be answered.
        }
        catch (Exception failure)
        {
            Log.Failed(log, context.Request.Method, context.GetEndpoint()?.DisplayName, failure);
            await ProblemAnswer.WriteAsync(context, ControlProblem.Internal);
        }
    }

    private static void AddHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
    }

    /// <summary>Balancers and scrapers ask by whatever name they have. Who is told what, each of them decides for itself.</summary>
    public static bool IsProbe(HttpRequest request) => request.Path == "/livez" || request.Path == "/readyz" || request.Path == "/metrics";

    /// <summary>An agent's key anywhere on a request closes the plane to it, even beside a person's cookie.</summary>
    private bool IsAgent(HttpRequest request) => AgentKeys.AllIn(request.Headers).Any(keys.IsAgents);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Not done, because the ledger cannot record it.")]
        public static partial void NotRecordable(ILogger log, Exception failure);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Endpoint} failed.")]
        public static partial void Failed(ILogger log, string method, string? endpoint, Exception failure);
    }
}
