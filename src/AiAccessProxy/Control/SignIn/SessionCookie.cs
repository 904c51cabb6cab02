using AiAccessProxy.Control.Guarding;
using AiAccessProxy.People;

namespace AiAccessProxy.Control.SignIn;

/// <summary>The cookie that carries a session's id. Scripts cannot read it and other sites cannot make the browser send it.</summary>
internal sealed class SessionCookie(OwnAuthority own, SessionStore sessions)
{
    public ValueTask<Viewer?> ViewerOfAsync(HttpContext context, bool isUse) =>
        context.Request.Cookies[NameOf(context)] is { Length: > 0 } id ? sessions.FindAsync(id, isUse, context.RequestAborted) : new((Viewer?)null);

    public void Give(HttpContext context, string id) => context.Response.Cookies.Append(NameOf(context), id, Options(context));

    /// <summary>Ends the session that the browser has, if any.</summary>
    public ValueTask CloseAsync(HttpContext context) =>
        context.Request.Cookies[NameOf(context)] is { Length: > 0 } id ? sessions.CloseAsync(id, context.RequestAborted) : ValueTask.CompletedTask;

    public ValueTask TakeAsync(HttpContext context)
    {
        context.Response.Cookies.Delete(NameOf(context), Options(context));
        return CloseAsync(context);
    }

    private CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Path = "/",
        Secure = own.IsSecure(context),
        IsEssential = true,
    };

    /// <summary>
    /// Under https the prefix makes browsers insist on Secure, the path and no domain. Plain http has nothing like it, and cookies of one host
    /// are shared by all its ports: there the port keeps two consoles on one machine apart.
    /// </summary>
    private string NameOf(HttpContext context) =>
        own.IsSecure(context) ? PersonCookies.Secured : $"{PersonCookies.Plain}{context.Connection.LocalPort}";
}
