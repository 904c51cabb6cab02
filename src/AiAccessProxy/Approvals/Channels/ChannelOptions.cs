using System.ComponentModel;
using AiAccessProxy.Policies;
using AiAccessProxy.Settings;

namespace AiAccessProxy.Approvals.Channels;

/// <summary>Settings of what all channels have in common, section <c>channels</c>.</summary>
internal sealed class ChannelOptions : ISettings
{
    public static string Section => "channels";

    [Description(
        "Places, as `notify` of the policy names them, where reviewers are told of tickets for which no rule and no route names any. The next of them "
        + "takes the place of one where telling fails.")]
    public IList<string> Default { get; } = [];

    [Description("When reviewers could not be told in a place for this long, they are told in the next one of `channels:default` too.")]
    public TimeSpan FallbackAfter { get; set; } = TimeSpan.FromMinutes(1);

    internal IReadOnlyList<NotifyPlace> Places => [.. Default.Select(text => NotifyPlace.TryParse(text, out var place) ? place : null).OfType<NotifyPlace>().Distinct()];

    public IEnumerable<string> Problems()
    {
        foreach (var text in Default.Where(text => !NotifyPlace.TryParse(text, out _)))
            yield return $"channels:default: {text} is no place of a channel; write the channel and a name that it knows, as in teams:approvals";
        if (FallbackAfter <= TimeSpan.Zero) yield return "channels:fallbackAfter: must be above zero";
    }
}
