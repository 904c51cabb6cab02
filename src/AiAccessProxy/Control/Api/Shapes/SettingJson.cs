namespace AiAccessProxy.Control.Api.Shapes;

/// <summary>A setting in force.</summary>
/// <param name="Value">Spelled as it may be written; <c>hidden</c> for a secret that is set; empty for nothing.</param>
/// <param name="Origin">Where it was set; null when it is the default and nobody sets it.</param>
internal sealed record SettingJson(string Name, string Value, string Default, string? Origin, bool Secret, string Description);
