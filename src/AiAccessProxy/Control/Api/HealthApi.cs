using AiAccessProxy.Approvals.Channels;
using AiAccessProxy.Approvals.Instances;
using AiAccessProxy.Control.Api.Describing;
using AiAccessProxy.Control.Api.Shapes;
using AiAccessProxy.Control.Reading;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Control.Api;

/// <summary>How the program fares, in more words than probes are told.</summary>
internal sealed class HealthApi(PolicyStore policies, LedgerHealth ledger, LedgerReading reading, InstanceSet instances)
{
    public Task ShowAsync(HttpContext context)
    {
        var (rules, now) = (policies.Current, instances.Time.GetUtcNow());
        var failing = context.RequestServices.GetRequiredService<ChannelAlarm>().Failing;
        var isWell = context.RequestServices.GetRequiredService<Probes>().IsWell(context);
        return context.AnswerAsync(new HealthJson(
            isWell ? "ok" : "alarm", instances.Self, now, ledger.FailingSince, ledger.Why,
            policies.LastRefusal?.At, [.. rules.Observed.Select(one => $"{one.Route.Id}/{one.Rule.Id}")],
            [.. rules.Agents.All.Select(agent => agent.Id).Where(agent => rules.Agents.SuspensionOf(agent) is not null).Order(StringComparer.Ordinal)],
            reading.Read.Number, reading.Tape.Listeners,
            [.. instances.Alive.Select(one => new InstanceJson(one.Name, one.Version, one.Policy, one.Started, one.Seen))],
            instances.Differs is { IsCertain: true } differs ? differs.Since : null, ledger.MayLose,
            [.. failing.Select(one => new FailingPlaceJson(one.Place.ToString(), one.Since, one.Why))]));
    }
}
