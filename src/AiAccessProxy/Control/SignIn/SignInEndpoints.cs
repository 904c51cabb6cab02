using System.Net;
using AiAccessProxy.Control.Pages;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Control.SignIn;

/// <summary>Signing in with a personal key or by the local link, and signing out.</summary>
internal sealed class SignInEndpoints(SignInDesk desk, SessionCookie cookie, PersonalKeys keys, LocalLink link)
{
    public static Task ShowAsync(HttpContext context) =>
        PageAnswer.WriteAsync(context, StatusCodes.Status200OK, SignInPage.Of(ReturnPath.Of(context.Request.Query["to"]), null));

    public async Task SignInAsync(HttpContext context)
    {
        var to = ReturnPath.Of(context.Request.Form["to"]);
        var key = context.Request.Form["key"].ToString().Trim();
        var address = context.Connection.RemoteIpAddress;
        var problem = keys.WaitOf(address) is { } wait ? ControlProblem.TooManyTries(wait) : null;
        if (problem is null && keys.Find(key) is var (viewer, sha256))
        {
            await BeginAsync(context, viewer.Person.Id, viewer.Authenticated, sha256);
            SeeOther(context, to);
            return;
        }

        problem ??= keys.Refuse(key, address);
        ProblemAnswer.AddHeaders(context.Response, problem);
        await PageAnswer.WriteAsync(context, problem.Status, SignInPage.Of(to, problem));
    }

    /// <summary>Answers with a page that leads on by itself: a strict cookie would not come with a redirect of a click made elsewhere.</summary>
    public async Task SignInByLinkAsync(HttpContext context)
    {
        var code = context.Request.Query["code"].ToString();
        var isHere = context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address);
        if (!isHere || link.Take(code) is not { } person)
        {
            await ProblemAnswer.WriteAsync(context, ControlProblem.LinkIsVoid);
            return;
        }

        try
        {
            await BeginAsync(context, person, Viewer.Local, null);
        }
        catch (LedgerUnavailableException)
        {
            link.GiveBack(code);
            throw;
        }

        await PageAnswer.WriteAsync(context, StatusCodes.Status200OK, OnwardPage.To("/"));
    }

    public Task SignOutAsync(HttpContext context)
    {
        cookie.Take(context);
        SeeOther(context, "/sign-in");
        return Task.CompletedTask;
    }

    private async Task BeginAsync(HttpContext context, string person, string authenticated, string? key)
    {
        var id = await desk.SignInAsync(person, authenticated, key, context.RequestAborted);
        cookie.Close(context);
        cookie.Give(context, id);
    }

    private static void SeeOther(HttpContext context, string path)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = path;
    }
}
