namespace AiAccessProxy.Policies.Files;

/// <summary>Reads <c>notify</c>, the places where reviewers are told of tickets. They are shown to people, so no secret stands in them.</summary>
internal static class NotifyReader
{
    public static IReadOnlyList<NotifyPlace> Read(Section section)
    {
        var places = new List<NotifyPlace>();
        foreach (var (node, field) in section.Items("notify"))
        {
            if (section.Source.AsWritten(node, field) is not { } written) continue;
            if (NotifyPlace.TryParse(written.Text, out var place)) places.Add(place);
            else section.Source.Report(written, $"{written.Told} is no place of a channel", "write the channel and a name that it knows, as in teams:security-approvals");
        }

        return [.. places.Distinct()];
    }
}
