using System.Diagnostics.CodeAnalysis;

namespace AiAccessProxy.Policies;

/// <summary>Where reviewers are told of a ticket: <c>teams:security-approvals</c> is a place by its name, and the channel that knows it.</summary>
internal sealed record NotifyPlace(string Channel, string Place)
{
    private const int LongestChannel = 32;
    private const int LongestPlace = 128;

    public static bool TryParse(string text, [NotNullWhen(true)] out NotifyPlace? place)
    {
        place = text.Split(':', 2) is [{ Length: > 0 and <= LongestChannel } channel, { Length: > 0 and <= LongestPlace } name]
            && char.IsAsciiLetterLower(channel[0]) && channel.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-')
            && char.IsAsciiLetterOrDigit(name[0]) && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.')
            ? new(channel, name)
            : null;
        return place is not null;
    }

    public override string ToString() => $"{Channel}:{Place}";
}
