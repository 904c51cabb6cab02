using AiAccessProxy.Ledger;

namespace AiAccessProxy.Commands;

/// <summary>Agents and actions in words that are safe for a terminal.</summary>
internal static class RecordedText
{
    /// <summary>Longer texts are cut: a line is for reading, <c>--json</c> has everything.</summary>
    private const int LongestText = 160;

    public static string Of(RecordedAgent agent) =>
        agent.OnBehalfOf is { } person ? $"{Short(agent.Id)} for {Short(person)}" : Short(agent.Id);

    public static string Of(RecordedAction action)
    {
        var call = $"{Short(action.Method)} {Short(action.Target)} on {Short(action.Route)}";
        IEnumerable<string?> more = [action.Name is { } name ? Short(name) : null, action.Risk is { } risk ? $"{Short(risk)} risk" : null];
        return string.Join(", ", more.OfType<string>()) is { Length: > 0 } known ? $"{call} ({known})" : call;
    }

    public static string Short(string text) => TerminalText.Of(text, LongestText);
}
