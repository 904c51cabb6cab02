using AiAccessProxy.Control.SignIn;
using AiAccessProxy.Settings;

namespace AiAccessProxy.Control.Pages.Operating;

/// <summary>The pages about the program itself.</summary>
internal sealed class OperatingEndpoints(SettingsInForce settings, HealthConcerns concerns, InstanceConcern instances, TimeProvider time)
{
    public Task SettingsAsync(HttpContext context) =>
        PageAnswer.WriteAsync(context, 200, SettingsPage.Of(Viewer.Of(context), settings.Read(), time.GetUtcNow()));

    public Task HealthAsync(HttpContext context) =>
        PageAnswer.WriteAsync(context, 200, HealthPage.Of(Viewer.Of(context), [.. concerns.Now, .. instances.Now], time.GetUtcNow()));
}
