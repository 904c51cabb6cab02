using System.Globalization;
using AiAccessProxy.Agents;
using AiAccessProxy.Policies.Conditions;

namespace AiAccessProxy.Policies.Wording;

/// <summary>How a condition on who calls, where or when came out, in a sentence.</summary>
internal static class CircumstanceSentence
{
    public static string Of(Condition condition, Truth truth, Circumstances call) => condition switch
    {
        Condition.During during => Time(during.Window, truth, call.At),
        Condition.Environments environments => call.Environment is { } environment
            ? $"the environment is {environment}{Not(truth, environments.Names)}"
            : "the route states no environment",
        _ => call.Caller is { } caller ? Caller(condition, truth, caller) : "it is not known who calls",
    };

    private static string Caller(Condition condition, Truth truth, Caller caller) => condition switch
    {
        Condition.Agents agents => $"the agent is {caller.Agent.Id}{Not(truth, agents.Ids)}",
        Condition.AgentGroups groups => truth == Truth.True
            ? $"the agent is in {ValueText.List([.. groups.Names.Intersect(caller.Agent.Groups, StringComparer.Ordinal)])}"
            : $"the agent is not in {ValueText.List(groups.Names)}",
        Condition.OnBehalfOf people => caller.OnBehalfOf is { } person
            ? $"the agent acts for {person}{Not(truth, people.Written)}"
            : "the agent acts for nobody",
        _ => throw new InvalidOperationException($"{condition.GetType()} is no circumstance."),
    };

    private static string Not(Truth truth, IReadOnlyList<string> wanted) => truth == Truth.True ? "" : $", not {ValueText.List(wanted)}";

    private static string Time(TimeWindow window, Truth truth, DateTimeOffset? at)
    {
        if (at is not { } known) return "it is not known when the call is made";
        var here = TimeZoneInfo.ConvertTime(known, window.Zone);
        var days = window.Days.Count == 7 ? "" : $" on {string.Join(", ", window.Days.Select(Short))}";
        var hours = window.To - window.From == TimeSpan.FromDays(1) ? "" : $" from {Clock(window.From)} to {Clock(window.To)}";
        return string.Create(CultureInfo.InvariantCulture,
            $"it is {Short(here.DayOfWeek)} {here:yyyy-MM-dd HH:mm} in {window.Zone.Id}, {(truth == Truth.True ? "" : "not ")}within{days}{hours}");
    }

    private static string Short(DayOfWeek day) => day.ToString()[..3];

    private static string Clock(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}");
}
