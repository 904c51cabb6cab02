namespace AiAccessProxy.Control.Api.Shapes;

internal sealed record SettingListJson(IReadOnlyList<SettingJson> Settings);
