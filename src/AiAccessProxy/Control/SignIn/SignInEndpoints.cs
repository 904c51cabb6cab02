using System.Net;
using AiAccessProxy.Control.Pages;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Control.SignIn;

/// <summary>Signing in with a personal key or by the local link.</summary>
internal sealed class SignInEndpoints(Entry entry, SignInPage page, PersonalKeys keys, LocalLink link)
{
    public Task ShowAsync(HttpContext context) =>
        PageAnswer.WriteAsync(context, StatusCodes.Status200OK, page.Of(ReturnPath.Of(context.Request.Query["to"]), null));

    public async Task SignInAsync(HttpContext context)
    {
        var to = ReturnPath.Of(context.Request.Form["to"]);
        var key = context.Request.Form["key"].ToString().Trim();
        var address = context.Connection.RemoteIpAddress;
        var problem = keys.WaitOf(address) is { } wait ? ControlProblem.TooManyTries(wait) : null;
        if (problem is null && keys.Find(key) is var (viewer, sha256))
        {
            await entry.BeginAsync(context, viewer.Person.Id, viewer.Authenticated, new SessionProof.Key(sha256));
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = to;
            return;
        }

        problem ??= keys.Refuse(key, address);
        ProblemAnswer.AddHeaders(context.Response, problem);
        await PageAnswer.WriteAsync(context, problem.Status, page.Of(to, problem));
    }

    /// <summary>Answers with a page that leads on by itself: a strict cookie would not come with a redirect of a click made elsewhere.</summary>
    public async Task SignInByLinkAsync(HttpContext context)
    {
        var code = context.Request.Query["code"].ToString();
        var isHere = context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address);
        // A browser that only fetches ahead what somebody may click must not use the link up.
        var isAhead = context.Request.Headers.ContainsKey("Sec-Purpose") || context.Request.Headers.ContainsKey("Purpose");
        if (!isHere || isAhead || link.Take(code) is not { } person)
        {
            await ProblemAnswer.WriteAsync(context, keys.Refuse(ControlProblem.LinkIsVoid));
            return;
        }

        try
        {
            await entry.BeginAsync(context, person, Viewer.Local, new SessionProof.Link());
        }
        catch (LedgerUnavailableException)
        {
            link.GiveBack(code);
            throw;
        }

        await PageAnswer.WriteAsync(context, StatusCodes.Status200OK, OnwardPage.To("/"));
    }
}
