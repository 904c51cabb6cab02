using AiAccessProxy.Settings;

namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>A time span between both bounds.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SpanAttribute(string least, string most) : Attribute
{
    public string Regex => NumberPattern.OfSpans(Quantity.Span(least)!.Value, Quantity.Span(most)!.Value);
}
