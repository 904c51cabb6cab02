using AiAccessProxy.Policies.Wording;

namespace AiAccessProxy.Policies.Files;

/// <summary>A single value of a file with its references put in. <see cref="Told"/> is what may be said of it: how it was written.</summary>
internal readonly record struct Written(string Text, YamlNode.Scalar Node, string Field)
{
    public int Line => Node.Line;

    public string Told => ValueText.Quoted(Node.Text);
}
