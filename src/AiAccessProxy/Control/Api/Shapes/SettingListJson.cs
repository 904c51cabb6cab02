namespace AiAccessProxy.Control.Api.Shapes;

/// <summary>What the program runs with: every setting that there is.</summary>
internal sealed record SettingListJson(IReadOnlyList<SettingJson> Settings);
