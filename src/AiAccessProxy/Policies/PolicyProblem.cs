using System.Globalization;

namespace AiAccessProxy.Policies;

/// <summary>One thing that is wrong with the policies, where it stands, and what would be right.</summary>
/// <param name="File">Name of the file, or of the folder when that itself is wrong.</param>
/// <param name="Line">From 1; 0 when it is about the file as a whole.</param>
/// <param name="Rule">Id of the rule; null outside rules.</param>
/// <param name="Field">Where in the rule or file: <c>match.where[0].lte</c>; empty for the whole.</param>
internal sealed record PolicyProblem(string File, int Line, string? Rule, string Field, string Message, string Remedy)
{
    /// <summary><c>file:line: rule id: field: what is wrong; what would be right</c>, without the parts that do not apply.</summary>
    public override string ToString() => string.Concat(
        File,
        Line > 0 ? string.Create(CultureInfo.InvariantCulture, $":{Line}: ") : ": ",
        Rule is null ? "" : $"rule {Rule}: ",
        Field.Length == 0 ? "" : $"{Field}: ",
        $"{Message}; {Remedy}");
}
