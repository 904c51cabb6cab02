using System.Globalization;

namespace AiAccessProxy.Policies.Files;

/// <summary>Reads <c>rate: { calls: 100, within: 1m }</c>.</summary>
internal static class RateReader
{
    // A moment is remembered for each.
    private const int Most = 10_000;

    public static RateLimit? Read(Section parent)
    {
        if (parent.Find("rate") is not { } node || Section.Of(parent.Source, node, parent.Of("rate"), "calls", "within") is not { } section) return null;
        var calls = 0;
        if (section.Required("calls", "write how many calls each agent may make: 100") is { } written
            && (!int.TryParse(written.Text, NumberStyles.None, CultureInfo.InvariantCulture, out calls) || calls is < 1 or > Most))
        {
            section.Source.Report(written, $"{written.Told} is no number of calls", $"write a number from 1 to {Most}");
        }

        if (!section.Has("within")) section.Missing("within", "write in what time: 1m");
        return section.Span("within", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)) is { } within && calls is >= 1 and <= Most ? new(calls, within) : null;
    }
}
