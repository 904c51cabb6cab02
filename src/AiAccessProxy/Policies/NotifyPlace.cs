using System.Diagnostics.CodeAnalysis;

namespace AiAccessProxy.Policies;

/// <summary>Where reviewers are told of a ticket: <c>teams:security-approvals</c> is a place by its name, and the channel that knows it.</summary>
internal sealed record NotifyPlace(string Channel, string Place)
{
    /// <summary>The one channel that there is so far.</summary>
    public const string Teams = "teams";

    /// <summary>The place that stands for every reviewer of a ticket, each in their own chat.</summary>
    public const string Reviewers = "reviewers";

    private const string Personally = "person.";

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

    /// <summary>Whose own chat it is, by the person's id; null for a place of several.</summary>
    public string? Person => Place.StartsWith(Personally, StringComparison.Ordinal) ? Place[Personally.Length..] : null;

    /// <summary>A person's own chat.</summary>
    public static NotifyPlace Of(string channel, string person) => new(channel, Personally + person);

    public override string ToString() => $"{Channel}:{Place}";
}
