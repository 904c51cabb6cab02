namespace AiAccessProxy.Policies.Files;

/// <summary>One file while it is read: where problems go, and what references in it stand for.</summary>
internal sealed class PolicySource(string file, List<PolicyProblem> problems, References references)
{
    public string File => file;

    /// <summary>The rule that is being read; problems name it.</summary>
    public string? Rule { get; set; }

    public void Report(Written where, string message, string remedy) => Report(where.Line, where.Field, message, remedy);

    public void Report(int line, string field, string message, string remedy) =>
        problems.Add(new(file, line, Rule, field, message, remedy));

    /// <summary>A text with its references put in; null, and reported, when <paramref name="node"/> is none.</summary>
    public Written? Read(YamlNode node, string field)
    {
        if (AsWritten(node, field) is not { } written) return null;
        var text = references.Resolve(written.Text, out var problem);
        if (problem is { } wrong) Report(node.Line, field, wrong.Message, wrong.Remedy);
        return text is null ? null : written with { Text = text };
    }

    /// <summary>A text in which nothing is a reference; null, and reported, when <paramref name="node"/> is none.</summary>
    public Written? AsWritten(YamlNode node, string field)
    {
        if (node is not YamlNode.Scalar { Text: var text } scalar)
        {
            Report(node.Line, field, $"this is {node.Kind}", "write a single value");
            return null;
        }

        if (scalar.IsPlain ? text is not ("" or "~" or "null") : text.Length > 0) return new(text, scalar, field);
        Report(node.Line, field, "nothing is written here", "write a value, or leave the key out");
        return null;
    }

    /// <summary>What a value comes to, references put in; what is wrong with them has been reported where it was read.</summary>
    public string Meaning(YamlNode.Scalar scalar) => references.Resolve(scalar.Text, out _) ?? "";
}
