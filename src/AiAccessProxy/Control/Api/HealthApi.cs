using AiAccessProxy.Approvals;
using AiAccessProxy.Control.Api.Describing;
using AiAccessProxy.Control.Api.Shapes;
using AiAccessProxy.Control.Reading;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Control.Api;

/// <summary>How the program fares, in more words than probes are told.</summary>
internal sealed class HealthApi(PolicyStore policies, LedgerHealth ledger, LedgerReading reading, Records records)
{
    public Task ShowAsync(HttpContext context)
    {
        var rules = policies.Current;
        return context.AnswerAsync(new HealthJson(
            ledger.IsOk && policies.LastRefusal is null ? "ok" : "alarm", records.Instance, records.Now, ledger.FailingSince, ledger.Why,
            policies.LastRefusal?.At, [.. rules.Observed.Select(one => $"{one.Route.Id}/{one.Rule.Id}")],
            [.. rules.Agents.All.Select(agent => agent.Id).Where(agent => rules.Agents.SuspensionOf(agent) is not null).Order(StringComparer.Ordinal)],
            reading.Read.Number, reading.Tape.Listeners));
    }
}
