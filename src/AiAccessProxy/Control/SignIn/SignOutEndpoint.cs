using AiAccessProxy.Control.Pages;
using AiAccessProxy.Control.SignIn.Oidc;

namespace AiAccessProxy.Control.SignIn;

/// <summary>Ends a session here, and leads on to where the provider's own is ended.</summary>
internal sealed class SignOutEndpoint(SessionCookie cookie, OidcClient client)
{
    public async Task SignOutAsync(HttpContext context)
    {
        var isByProvider = Viewer.Of(context).Session?.Proof is SessionProof.Identity;
        await cookie.TakeAsync(context);
        if (isByProvider && await client.EndSessionAsync(context.RequestAborted) is { } address)
        {
            // No redirect: a form of ours may lead to no other site.
            await PageAnswer.WriteAsync(context, StatusCodes.Status200OK, OnwardPage.To(address.AbsoluteUri, "You are signed out here. Go on and sign out there"));
            return;
        }

        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = "/sign-in";
    }
}
