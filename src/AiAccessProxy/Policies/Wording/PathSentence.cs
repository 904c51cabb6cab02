using AiAccessProxy.Policies.Conditions;

namespace AiAccessProxy.Policies.Wording;

/// <summary>Says how the path of a call came out against the patterns of a rule.</summary>
internal static class PathSentence
{
    public static string Of(Condition.Paths paths, Truth truth, CallView call)
    {
        var alike = paths.Patterns.Where(pattern => call.Judge(pattern.Judge) == truth).ToList();
        // None by itself: they fit different readings, and together all of them.
        var names = ValueText.List([.. (alike.Count > 0 ? alike : paths.Patterns).Select(pattern => pattern.Text)]);
        var path = call.Path;
        return truth switch
        {
            Truth.True => $"the path matches {names}",
            Truth.False => $"the path does not match {names}",
            _ when alike.Count > 0 && alike.All(pattern => pattern.IsButForTheSlash(path)) =>
                $"the path differs from {names} by the slash at its end alone, which many servers ignore",
            _ => $"some servers read the path as one that matches {names}, others do not",
        };
    }
}
