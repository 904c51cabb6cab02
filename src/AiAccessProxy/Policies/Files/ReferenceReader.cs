using System.Text.RegularExpressions;
using AiAccessProxy.Policies.Conditions;

namespace AiAccessProxy.Policies.Files;

/// <summary>
/// Reads a text to compare with that holds references: to the call (<c>${on_behalf_of.id}</c>), which stand for something else in each call, or
/// to secrets (<c>${env:NAME}</c>), which are put in when the file is read and never told.
/// </summary>
internal static partial class ReferenceReader
{
    private static readonly Dictionary<string, CallReference> Known = new()
    {
        ["${on_behalf_of.id}"] = CallReference.OnBehalfOf,
        ["${agent.id}"] = CallReference.Agent,
        ["${agent.owner}"] = CallReference.Owner,
    };

    public static bool StandsIn(string text) => text.Contains("${", StringComparison.Ordinal);

    public static Operand.Text? Read(PolicySource source, YamlNode.Scalar scalar, string field)
    {
        var pieces = new List<(string, CallReference?)>();
        var at = 0;
        foreach (Match match in Reference().Matches(scalar.Text).Where(match => !IsSecret(match.Value)))
        {
            if (!Known.TryGetValue(match.Value, out var reference))
            {
                source.Report(scalar.Line, field, $"{Wording.ValueText.Safe(match.Value)} is no reference",
                    $"known are {string.Join(", ", Known.Keys)}, ${{env:NAME}} and ${{file:/path}}");
                return null;
            }

            if (!Add(scalar.Text[at..match.Index])) return null;
            pieces.Add((match.Value, reference));
            at = match.Index + match.Length;
        }

        var hasSecret = Reference().Matches(scalar.Text).Any(match => IsSecret(match.Value));
        return Add(scalar.Text[at..]) ? new(new RuleText(pieces)) { IsSecret = hasSecret } : null;

        bool Add(string text)
        {
            if (text.Length == 0) return true;
            if (source.Read(scalar with { Text = text, IsPlain = false }, field) is not { } written) return false;
            pieces.Add((written.Text, null));
            return true;
        }
    }

    private static bool IsSecret(string reference) =>
        reference.StartsWith("${env:", StringComparison.Ordinal) || reference.StartsWith("${file:", StringComparison.Ordinal);

    [GeneratedRegex(@"\$\{[^}]*\}?", RegexOptions.NonBacktracking)]
    private static partial Regex Reference();
}
