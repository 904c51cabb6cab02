using AiAccessProxy.Settings;

namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>A number of bytes from 1 to <paramref name="most"/>, with a unit or without.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SizeAttribute(string most) : Attribute
{
    public long Most => Quantity.Bytes(most)!.Value;

    public string Regex => NumberPattern.OfSizes(Most);
}
