using AiAccessProxy.Approvals.Teams;
using AiAccessProxy.Approvals.Teams.Inbound;
using AiAccessProxy.Control.Channels;
using AiAccessProxy.Control.SignIn;
using AiAccessProxy.Control.SignIn.Oidc;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Control.Guarding;

/// <summary>Lets a request through to its endpoint once it is known who asks. What does not say whom it admits, admits nobody.</summary>
internal sealed class Admission(SessionCookie cookie, FormCheck forms, PersonalKeys keys, PersonTokens tokens, IOptions<TeamsOptions> teams) : IMiddleware
{
    /// <summary>Sent by the console's script with what it asks by itself, which keeps no session alive.</summary>
    public const string ByItself = "AiAccess-Live";

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var surface = context.GetEndpoint()?.Metadata.GetMetadata<Admits>()?.Surface;
        var key = Bearer.Of(context.Request);
        var viewer = surface switch
        {
            Surface.Page => await cookie.ViewerOfAsync(context, isUse: !context.Request.Headers.ContainsKey(ByItself)),
            Surface.Api when key is not null => keys.Find(key)?.Viewer,
            // For what is not there: only so that the page that says so leads back.
            null => await cookie.ViewerOfAsync(context, isUse: false),
            _ => null,
        };
        ControlProblem? refusal = null;
        if (surface == Surface.Api && key is not null && viewer is null) (viewer, refusal) = await tokens.FindAsync(key, context.RequestAborted);
        if (viewer is not null && teams.Value.Playground) viewer = viewer with { Notice = PlaygroundCheck.Notice };
        context.Features.Set(viewer);
        if (surface == Surface.Page && viewer is null && HttpMethods.IsGet(context.Request.Method))
        {
            await SignInRedirect.WriteAsync(context);
            return;
        }

        var problem = surface switch
        {
            Surface.Open => await forms.CheckAsync(context, null),
            Surface.Page when viewer is not null => await forms.CheckAsync(context, viewer.Session),
            // Its own token is checked by the endpoint, before anything of the body is read.
            Surface.Channel => ApiBody.Check(context.Request, TurnReader.MaxBytes),
            Surface.Api when viewer is not null => ApiBody.Check(context.Request),
            Surface.Api when refusal is not null => keys.Refuse(refusal),
            Surface.Api when key is not null => keys.Refuse(key, context.Connection.RemoteIpAddress),
            Surface.Page or Surface.Api => ControlProblem.SignInNeeded,
            _ => ControlProblem.NotFound,
        };
        if (problem is null) await next(context);
        else await ProblemAnswer.WriteAsync(context, problem);
    }
}
