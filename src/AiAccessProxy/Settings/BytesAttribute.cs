namespace AiAccessProxy.Settings;

/// <summary>The number counts bytes, and may be written with a unit: <c>64KiB</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class BytesAttribute : Attribute;
