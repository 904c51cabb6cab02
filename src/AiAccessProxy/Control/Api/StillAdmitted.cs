using AiAccessProxy.Control.Guarding;
using AiAccessProxy.Control.SignIn;
using AiAccessProxy.Control.SignIn.Oidc;

namespace AiAccessProxy.Control.Api;

/// <summary>Asks again, while an answer goes on, whether what let somebody in would still let them in.</summary>
internal sealed class StillAdmitted(PersonalKeys keys, PersonTokens tokens)
{
    public async ValueTask<bool> IsAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (Bearer.Of(context.Request) is not { } key) return false;
        var viewer = keys.Find(key)?.Viewer ?? (await tokens.FindAsync(key, cancellationToken)).Viewer;
        return viewer?.Person.Id == Viewer.Of(context).Person.Id;
    }
}
