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
        if (node is YamlNode.Scalar { IsPlain: false, Text: "" }) return new Operand.Text("");
        return source.Read(node, field) is { } written
            ? new Operand.Text(written.Text) { IsSecret = written.Node.Text.Contains("${", StringComparison.Ordinal) }
            : null;
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
        if (!Ambiguous().IsMatch(plain.Text)) return new Operand.Text(plain.Text);
        source.Report(plain.Line, field, $"{Wording.ValueText.Quoted(plain.Text)} without quotes means different things to different readers of YAML",
            "quote it if it is a text; otherwise write true, false, null, or a number as JSON does");
        return null;
    }

    [GeneratedRegex(
        @"^(?:|~|null|y|n|yes|no|on|off|true|false|[-+]?(?:[0-9.][0-9_]*)(?:[.:][0-9_]*)*(?:e[-+]?[0-9_]*)?|[-+]?0[xob][0-9a-f_]*|[-+]?\.(?:inf|nan))$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Ambiguous();
}
