using System.Globalization;
using AiAccessProxy.Policies.Wording;

namespace AiAccessProxy.Policies.Files;

/// <summary>Reads <c>approval</c> blocks, and refuses those that nobody could ever give.</summary>
internal sealed class ApprovalReader(PolicySource source, KnownPeople people)
{
    private const int Most = 20;

    private static readonly TimeSpan DecideWithin = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan UseWithin = TimeSpan.FromMinutes(10);

    public ApprovalTerms? Read(YamlNode node)
    {
        if (Section.Of(source, node, "approval", "need", "decide_within", "use_within") is not { } section) return null;
        if (!section.Has("need")) section.Missing("need", "say who has to agree: [{ approvals: 1, from: [group:name] }]");
        var items = section.Items("need");
        if (items.Count > Most) section.Report("need", $"these are more than {Most} needs", "join those that the same people meet");
        var needs = items.Take(Most).Select(item => Need(item.Node, item.Field)).OfType<Need>().ToList();
        if (people.IsRead && needs.Count == items.Count) CheckTogether(section, needs);
        return new(
            needs,
            section.Span("decide_within", TimeSpan.FromSeconds(1), TimeSpan.FromDays(30)) ?? DecideWithin,
            section.Span("use_within", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)) ?? UseWithin);
    }

    private Need? Need(YamlNode node, string field)
    {
        if (Section.Of(source, node, field, "approvals", "from") is not { } section) return null;
        if (!section.Has("from")) section.Missing("from", "say whose approval counts: [group:name] or [person:id]");
        var approvals = 1;
        if (section.Read("approvals") is { } written
            && (!int.TryParse(written.Text, NumberStyles.None, CultureInfo.InvariantCulture, out approvals) || approvals is < 1 or > Most))
        {
            source.Report(written, $"{written.Told} is no number of approvals", $"write a number from 1 to {Most}");
            return null;
        }

        var references = section.Texts("from");
        if (!people.IsRead) return null;
        var meant = references.Select(Meant).ToList();
        if (meant.Count == 0 || meant.Contains(null)) return null;
        var able = meant.SelectMany(ids => ids!).Distinct().Count();
        if (able >= approvals) return new(approvals, [.. references.Select(reference => reference.Text).Distinct()]);
        source.Report(node.Line, field, $"{approvals} approvals are asked of {Count(able)}, so nobody could ever give them",
            "ask for fewer approvals, or name more people");
        return null;
    }

    private IReadOnlyList<string>? Meant(Written reference) =>
        people.Find(source, reference, "is neither a group nor a person", "write group: or person: before the name");

    /// <summary>Needs that can be met one by one may still be too much together, or ask those alone who may not approve.</summary>
    private void CheckTogether(Section section, List<Need> needs)
    {
        if (!CanBeMet(needs, new HashSet<string>()))
        {
            section.Report("need", "one person meets one need only, and there are not enough people for all of them",
                "ask for fewer approvals, or name more people");
        }
        else if (people.Answering.Count > 0 && !people.Answering.Any(answering => CanBeMet(needs, answering)))
        {
            section.Report("need", "of every agent, those who could approve own it or are acted for, so nobody could ever approve",
                "name people who answer for no agent");
        }
    }

    private bool CanBeMet(List<Need> needs, IReadOnlySet<string> without) => Seating.CanBeMet(needs, from => people.Meant(from)!, without);

    private static string Count(int people) => people switch
    {
        0 => "nobody",
        1 => "1 person",
        _ => $"{people.ToString(CultureInfo.InvariantCulture)} people",
    };
}
