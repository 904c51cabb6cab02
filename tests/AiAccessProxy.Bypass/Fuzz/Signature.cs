using System.Text.RegularExpressions;
using AiAccessProxy.Actions;
using AiAccessProxy.Bypass.Harness;
using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Trials;

namespace AiAccessProxy.Bypass.Fuzz;

/// <summary>The way that a call took, told in words: a call with a new one has shown something new, and is worth changing further.</summary>
internal static partial class Signature
{
    /// <summary>A name that is no longer may be a word of the text, and counts only where it stands alone.</summary>
    private const int LongestWord = 6;

    public static string Of(Spelling call, TrialOutcome reading) => reading switch
    {
        TrialOutcome.Refused refused => $"{(refused.Doubt is { } doubt ? OptIns.NameOf(doubt) : refused.Kind)} {Plain(WithoutNames(call, refused.Detail))}",
        TrialOutcome.Decided { Bound: var bound } => string.Join(' ',
            bound.Action.Route,
            bound.Decision switch
            {
                Decision.Deny { ByDefault: true } => "no-rule",
                var decision => decision.GetType().Name,
            },
            string.Join('+', bound.Decision.Rules.Select(rule => $"{rule.Id}{(rule.Unknown ? "?" : "")}")),
            BodyOf(bound.Action.Action.Body)),
        _ => throw new ArgumentOutOfRangeException(nameof(reading)),
    };

    private static string BodyOf(ActionBody body) => body switch
    {
        ActionBody.Whole { Facts: BodyFacts.Unreadable(var why) } => $"unreadable {Plain(why)}",
        ActionBody.Whole whole => whole.Facts.GetType().Name,
        _ => body.GetType().Name,
    };

    /// <summary>Less the names of header fields that were made up by changing others: there is no end of them, and all take one way.</summary>
    private static string WithoutNames(Spelling call, string text)
    {
        var odd = call.Headers.Select(header => header.Name).Where(name => !Grammar.HeaderNames.Contains(name))
            .SelectMany(name => new[] { name, CgiName.Of(name) }).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var name in odd.Where(name => name.Length > LongestWord).OrderByDescending(name => name.Length))
            text = text.Replace(name, "''", StringComparison.OrdinalIgnoreCase);
        return odd.Count == 0 ? text : string.Join(' ', text.Split(' ').Select(word => odd.Contains(word.TrimEnd('.', ',', ':')) ? "''" : word));
    }

    /// <summary>Less what is quoted from the call, and less its numbers.</summary>
    private static string Plain(string text) => Numbers().Replace(Quoted().Replace(text, "''"), "0");

    [GeneratedRegex("'[^']*'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"U\+[0-9A-F]{4}|\d+")]
    private static partial Regex Numbers();
}
