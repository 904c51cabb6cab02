namespace AiAccessProxy.Settings;

/// <summary>What came out of reading a setting's text.</summary>
internal abstract record SettingReading
{
    private SettingReading()
    {
    }

    public sealed record Read(object? Value) : SettingReading;

    /// <param name="Why">To follow the text: <c>is no duration; write it like 50s</c>.</param>
    public sealed record Wrong(string Why) : SettingReading;
}
