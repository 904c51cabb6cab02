using AiAccessProxy.Control.Pages;

namespace AiAccessProxy.Control.SignIn;

/// <summary>Sends a browser without a session to the sign-in page.</summary>
internal static class SignInRedirect
{
    public static Task WriteAsync(HttpContext context)
    {
        var path = ReturnPath.Of(context.Request.Path);
        // A strict cookie does not come with a click on a link elsewhere (a chat, a mail). Asked again from our own page, it does.
        if (context.Request.Headers["Sec-Fetch-Site"] == "cross-site")
            return PageAnswer.WriteAsync(context, StatusCodes.Status200OK, OnwardPage.To(path));
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = path == "/" ? "/sign-in" : $"/sign-in?to={Uri.EscapeDataString(path)}";
        return Task.CompletedTask;
    }
}
