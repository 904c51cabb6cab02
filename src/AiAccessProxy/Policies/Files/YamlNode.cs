namespace AiAccessProxy.Policies.Files;

/// <summary>A node of a YAML document and the line where it begins.</summary>
internal abstract record YamlNode(int Line)
{
    /// <summary>What it is, in words for a problem.</summary>
    public abstract string Kind { get; }

    /// <param name="IsPlain">Written without quotes, so that it may be a number, a boolean or null.</param>
    public sealed record Scalar(int Line, string Text, bool IsPlain) : YamlNode(Line)
    {
        public override string Kind => IsPlain && Text.Length == 0 ? "nothing" : "a single value";
    }

    public sealed record Sequence(int Line, IReadOnlyList<YamlNode> Items) : YamlNode(Line)
    {
        public override string Kind => "a list";
    }

    /// <param name="Members">Each key once, in the order of the file, with the line of the key.</param>
    public sealed record Mapping(int Line, IReadOnlyList<(string Key, int Line, YamlNode Value)> Members) : YamlNode(Line)
    {
        public override string Kind => "a mapping";

        public YamlNode? Find(string key) => Members.FirstOrDefault(member => member.Key == key).Value;
    }
}
