namespace AiAccessProxy.Settings;

/// <summary>What a setting is while the program runs.</summary>
/// <param name="Value">Spelled as it may be written; <see cref="Hidden"/> for a secret that is set; empty for nothing.</param>
/// <param name="Origin">Where it came from, for people; null: it is the default, and nobody sets it.</param>
/// <param name="IsDefault">Whether it is what it would be if nobody had set it.</param>
internal sealed record SettingInForce(Setting Setting, string Value, string? Origin, bool IsDefault)
{
    public const string Hidden = "hidden";
}
