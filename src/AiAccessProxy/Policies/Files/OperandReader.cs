using System.Text.RegularExpressions;
using AiAccessProxy.Policies.Conditions;

namespace AiAccessProxy.Policies.Files;

/// <summary>
/// Reads a value to compare with. Quoted it is a text; plain it is a JSON number, true, false, null or a text. What programs that read YAML
/// take for different things (<c>no</c>, <c>012</c>, <c>1_000</c>) has to be quoted or written out.
/// </summary>
internal static partial class OperandReader
{
    public static Operand? Read(PolicySource source, YamlNode node, string field)
    {
        if (node is YamlNode.Scalar { IsPlain: true } plain && !plain.Text.Contains("${", StringComparison.Ordinal)) return Plain(source, plain, field);
        if (node is YamlNode.Scalar { IsPlain: false, Text: "" }) return new Operand.Text(new RuleText(""));
        return node is YamlNode.Scalar { Text: var text } scalar && ReferenceReader.StandsIn(text)
            ? ReferenceReader.Read(source, scalar, field)
            : source.Read(node, field) is { } written ? new Operand.Text(new RuleText(written.Text)) : null;
    }

    /// <summary>A text to look for in a text.</summary>
    public static Operand.Text? Part(PolicySource source, YamlNode node, string field)
    {
        if (Read(source, node, field) is not { } operand) return null;
        if (operand is Operand.Text { Value.Written: not "" } text) return text;
        var (wrong, remedy) = operand is Operand.Text
            ? ("nothing stands in every text", "write at least one character, or ask for exists: true")
            : ("this is no text", "quote it if it is meant as one: \"5\"");
        source.Report(node.Line, field, wrong, remedy);
        return null;
    }

    /// <summary>A pattern for whole texts.</summary>
    public static TextPattern? Pattern(PolicySource source, YamlNode node, string field)
    {
        const int Longest = 1000;
        if (node is YamlNode.Scalar { Text: var text } && ReferenceReader.StandsIn(text))
        {
            source.Report(node.Line, field, "a pattern takes no references", "compare with equals or starts_with; a '$' before a brace is written [$]");
            return null;
        }

        if (source.Read(node, field) is not { } written) return null;
        if (written.Text.Length > Longest)
        {
            source.Report(written, $"this pattern has more than {Longest} characters", "split it: any of several conditions");
            return null;
        }

        try
        {
            return new(written.Text);
        }
        catch (ArgumentException)
        {
            source.Report(written, $"{written.Told} is no regular expression", "correct it; a backslash in double quotes is written twice");
        }
        catch (NotSupportedException)
        {
            source.Report(written, $"{written.Told} cannot be matched in time linear in the text",
                "do without lookaround, backreferences, atomic groups and high counts");
        }

        return null;
    }

    /// <summary>A limit to compare numbers with.</summary>
    public static ExactNumber? Limit(PolicySource source, YamlNode node, string field)
    {
        if (Read(source, node, field) is not { } operand) return null;
        if (operand is Operand.Number number) return number.Value;
        source.Report(node.Line, field, "this is no number", "write a number as JSON does, without quotes: 10000, 0.5, 1e6");
        return null;
    }

    /// <summary>A value written without quotes, in which nothing is a reference.</summary>
    public static Operand? Plain(PolicySource source, YamlNode.Scalar plain, string field)
    {
        switch (plain.Text)
        {
            case "true": return new Operand.Boolean(true);
            case "false": return new Operand.Boolean(false);
            case "null": return new Operand.Null();
        }

        if (ExactNumber.Parse(plain.Text) is { } number) return new Operand.Number(number);
        if (!Ambiguous().IsMatch(plain.Text)) return new Operand.Text(new RuleText(plain.Text));
        source.Report(plain.Line, field, $"{Wording.ValueText.Quoted(plain.Text)} without quotes means different things to different readers of YAML",
            "quote it if it is a text; otherwise write true, false, null, or a number as JSON does");
        return null;
    }

    [GeneratedRegex(
        @"^(?:|~|null|y|n|yes|no|on|off|true|false|[-+]?(?:[0-9.][0-9_]*)(?:[.:][0-9_]*)*(?:e[-+]?[0-9_]*)?|[-+]?0[xob][0-9a-f_]*|[-+]?\.(?:inf|nan))$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Ambiguous();
}
