namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>The regular expression of a text, or of each text of a list.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PatternAttribute(string regex) : Attribute
{
    public string Regex => regex;
}
