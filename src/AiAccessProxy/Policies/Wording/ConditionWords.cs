using System.Globalization;
using AiAccessProxy.People;
using AiAccessProxy.Policies.Conditions;

namespace AiAccessProxy.Policies.Wording;

/// <summary>Says what a condition asks of any call, whole: nothing of it is left out but what is a secret.</summary>
/// <param name="people">For their names.</param>
internal sealed class ConditionWords(PeopleDirectory people)
{
    private static readonly OperatorWords Wishes = new(null);

    /// <summary>What has to be true all together; nothing stands for every call.</summary>
    public IReadOnlyList<WrittenCondition> All(Condition condition) => condition is Condition.All all ? [.. all.Parts.Select(Of)] : [Of(condition)];

    private WrittenCondition Of(Condition condition) => condition switch
    {
        Condition.All { Parts: [var only] } => Of(only),
        Condition.Any { Parts: [var only] } => Of(only),
        Condition.All all => new("all of these", [.. all.Parts.Select(Of)]),
        Condition.Any any => new("any of these", [.. any.Parts.Select(Of)]),
        Condition.Not not => Of(not.Part) is { Parts.Count: 0 } single ? new($"not: {single.Words}", []) : new("not", [Of(not.Part)]),
        _ => new(Sentence(condition), []),
    };

    private string Sentence(Condition condition) => condition switch
    {
        Condition.Methods methods => $"the method is {Or(methods.Names)}",
        Condition.Paths paths => $"the path is {Or([.. paths.Patterns.Select(pattern => pattern.Text)])}",
        Condition.Agents agents => $"the agent is {Or(agents.Ids)}",
        Condition.AgentGroups groups => $"the agent is in the group {Or(groups.Names)}",
        Condition.OnBehalfOf { People: null } => "the agent acts for somebody",
        Condition.OnBehalfOf acts => $"the agent acts for {Or([.. acts.Written.Select(Meant)])}",
        Condition.Environments environments => $"the environment is {Or(environments.Names)}",
        Condition.During during => Time(during.Window),
        Condition.On on => Field(on),
        _ => throw new InvalidOperationException($"{condition.GetType()} is no single condition."),
    };

    private string Meant(string reference) => reference.Split(':', 2) switch
    {
        ["person", var id] => people.Find(id)?.Name ?? id,
        ["group", var group] => $"somebody of {group}",
        _ => reference,
    };

    private static string Field(Condition.On on) => on.Operator switch
    {
        Operator.Exists(true) => $"{on.Name} is there",
        Operator.Exists(false) => $"{on.Name} is not there",
        Operator.Any => $"one of {on.Name} is {Wishes.Wish(on.Operator)}",
        Operator.All => $"each of {on.Name} is {Wishes.Wish(on.Operator)}",
        _ => $"{on.Name} is {Wishes.Wish(on.Operator)}",
    };

    private static string Time(TimeWindow window)
    {
        var days = window.Days.Count == 7 ? "every day" : string.Join(", ", window.Days);
        var hours = window.To - window.From == TimeSpan.FromDays(1) ? "" : $" from {Clock(window.From)} to {Clock(window.To)}";
        return $"it is {days}{hours} ({window.Zone.Id})";
    }

    private static string Clock(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}");

    private static string Or(IReadOnlyList<string> names) =>
        names.Count < 2 ? string.Concat(names) : $"{string.Join(", ", names.SkipLast(1))} or {names[^1]}";
}
