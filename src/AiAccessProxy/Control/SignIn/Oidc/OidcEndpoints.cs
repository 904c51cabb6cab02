using AiAccessProxy.Control.Pages;

namespace AiAccessProxy.Control.SignIn.Oidc;

/// <summary>Sends a browser to the provider, and takes it back.</summary>
internal sealed class OidcEndpoints(OidcClient client, OidcExchange exchange, PendingCookie cookie, OidcDoor door)
{
    public async Task BeginAsync(HttpContext context)
    {
        if (!door.IsOpen)
        {
            await ProblemAnswer.WriteAsync(context, ControlProblem.NotFound);
            return;
        }

        var pending = cookie.Give(context, ReturnPath.Of(context.Request.Query["to"]));
        var (address, why) = await client.AuthorizationAsync(pending, context.RequestAborted);
        if (address is null)
        {
            door.TellClosed(why);
            await ProblemAnswer.WriteAsync(context, ControlProblem.ProviderUnavailable);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = address.AbsoluteUri;
    }

    /// <summary>Answers with a page that leads on by itself: a strict cookie would not come with the provider's redirect.</summary>
    public async Task ReturnAsync(HttpContext context)
    {
        if (!door.IsOpen)
        {
            await ProblemAnswer.WriteAsync(context, ControlProblem.NotFound);
            return;
        }

        var pending = cookie.Take(context);
        switch (await exchange.PersonAsync(context.Request.Query, pending, context.Connection.RemoteIpAddress, context.RequestAborted))
        {
            case OidcOutcome.SignedIn(var person, var proof):
                await door.LetInAsync(context, person.Id, proof);
                await PageAnswer.WriteAsync(context, StatusCodes.Status200OK, OnwardPage.To(pending!.To));
                break;
            case OidcOutcome.Refused(var problem):
                await ProblemAnswer.WriteAsync(context, problem);
                break;
        }
    }
}
