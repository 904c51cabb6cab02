using AiAccessProxy.Control.Api.Describing;
using AiAccessProxy.Control.Api.Shapes;
using AiAccessProxy.Settings;

namespace AiAccessProxy.Control.Api;

/// <summary>What the program runs with, without secrets.</summary>
internal sealed class SettingsApi(SettingsInForce settings)
{
    public Task ShowAsync(HttpContext context) => context.AnswerAsync(new SettingListJson(
        [.. settings.Read().Select(one => new SettingJson(
            one.Setting.Name, one.Value, one.Setting.Default, one.Origin, one.Setting.IsSecret, one.Setting.Description))]));
}
