using System.Text;
using AiAccessProxy.Approvals.Showing;

namespace AiAccessProxy.Commands;

/// <summary>
/// Text from elsewhere, made safe for a terminal: no escape sequence, no line break, nothing invisible and nothing that some terminals would lay from
/// right to left comes through. Terminals run what they are shown (CVE-2003-0063 and its kin), so whatever an agent or an upstream wrote passes here
/// before it is printed.
/// </summary>
internal static class TerminalText
{
    public static string Of(string text) => RightToLeft.SpellOut(ShownText.Escape(Encoding.UTF8.GetBytes(text), multiline: false));

    /// <summary>At most <paramref name="length"/> characters, the last of them an ellipsis when something is missing.</summary>
    public static string Of(string text, int length)
    {
        var safe = Of(text);
        return safe.Length <= length ? safe : $"{safe[..(length - 1)]}…";
    }

    /// <summary>
    /// The lines of a text that should be safe already (<see cref="ShownSpan.Text"/>) and comes from a server that need not be honest: its
    /// escapes stay as they are, anything else that is not visible becomes one.
    /// </summary>
    public static IEnumerable<string> Lines(string safe) => safe.Split('\n').Select(line => Of(line).Replace(@"\\", @"\", StringComparison.Ordinal));
}
