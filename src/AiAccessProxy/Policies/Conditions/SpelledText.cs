using AiAccessProxy.Actions;

namespace AiAccessProxy.Policies.Conditions;

/// <summary>Judges texts in every spelling that an upstream may read them in: those of a path or query have several, all others one.</summary>
internal static class SpelledText
{
    /// <summary>Unknown of what is no text, and where the spellings disagree.</summary>
    /// <param name="holds">What is asked of a text; the flag says that letter case does not matter.</param>
    public static Truth Judge(FieldValue value, Func<string, bool, Truth> holds)
    {
        if (value.Json is not JsonNodeFact.Text { Value: var text }) return Truth.Unknown;
        if (value is { Source: FieldSource.Query, IsWithinText: false })
        {
            var read = holds(text, false);
            return QueryText.Others(text) is { } spelled && spelled.All(other => holds(other, false) == read) ? read : Truth.Unknown;
        }

        if (value.Spelling is not { } spelling) return holds(text, false);
        var truth = holds(text, spelling.IgnoresCase);
        return spelling.Others(text) is { } others && others.Append(text).All(other => holds(other, true) == truth) ? truth : Truth.Unknown;
    }
}
