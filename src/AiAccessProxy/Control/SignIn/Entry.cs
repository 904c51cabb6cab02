namespace AiAccessProxy.Control.SignIn;

/// <summary>Lets a person in with this browser: always under a new session id.</summary>
internal sealed class Entry(SignInDesk desk, SessionCookie cookie)
{
    public async ValueTask BeginAsync(HttpContext context, string person, string authenticated, SessionProof proof)
    {
        var id = await desk.SignInAsync(person, authenticated, proof, context.RequestAborted);
        await cookie.CloseAsync(context);
        cookie.Give(context, id);
    }
}
