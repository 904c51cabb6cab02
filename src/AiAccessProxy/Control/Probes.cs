using AiAccessProxy.Approvals.Channels;
using AiAccessProxy.Approvals.Instances;
using AiAccessProxy.Approvals.Teams;
using AiAccessProxy.Control.Channels;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Control;

/// <summary>For balancers and operators.</summary>
internal sealed class Probes(PolicyStore policies, LedgerHealth ledger, CertificateHealth certificates, InstanceSet instances)
{
    public static Task LiveAsync(HttpContext context) => context.Response.WriteAsync("ok\n", context.RequestAborted);

    private IReadOnlyList<LedgerAlarm> Alarms => ledger.AlarmsAt(instances.Time.GetUtcNow());

    /// <summary>Nobody has to look. The API goes by it too: two who count for themselves forget different things.</summary>
    public bool IsWell(HttpContext context) =>
        ledger.IsOk && Alarms.Count == 0 && policies.LastRefusal is null && certificates.Wrong.Count == 0 && instances.Differs is not { IsCertain: true }
        && context.RequestServices.GetRequiredService<ChannelAlarm>().Failing.Count == 0
        && !context.RequestServices.GetRequiredService<IOptions<TeamsOptions>>().Value.Playground;

    /// <summary>200 also while the ledger cannot be written: taken out of rotation, nobody would get our own answer, which says so.</summary>
    /// <param name="isOwn">Under a foreign Host there are no reasons: a page in a reviewer's browser could have its own name resolve to this address.</param>
    public Task ReadyAsync(HttpContext context, bool isOwn)
    {
        // The one reason to be taken out of rotation: another instance will answer.
        if (instances.IsLeaving) context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        var teams = context.RequestServices.GetRequiredService<IOptions<TeamsOptions>>().Value;
        var failing = context.RequestServices.GetRequiredService<ChannelAlarm>().Failing;
        var status = instances.IsLeaving ? "leaving" : IsWell(context) ? "ok" : "alarm";
        return context.Response.WriteAsJsonAsync(isOwn ? Standing(status, teams, failing) : new { status }, context.RequestAborted);
    }

    private object Standing(string status, TeamsOptions teams, IReadOnlyList<(NotifyPlace Place, DateTimeOffset Since, string Why)> failing) =>
        new
        {
            status,
            policy = new
            {
                hash = policies.Current.Hash,
                refused_since = policies.LastRefusal?.At,
                why = policies.LastRefusal is { Problems.Count: var count }
                    ? $"The files have {count} problems, and what was in force stays; aiaccess policy check names them."
                    : null,
                observed = policies.Current.Observed.Select(one => $"{one.Route.Id}/{one.Rule.Id}").ToList(),
            },
            ledger = new
            {
                failing_since = ledger.FailingSince,
                why = ledger.IsOk ? null : "The ledger cannot record, and what cannot be recorded does not happen: calls are answered with 503.",
                alarms = Alarms.Select(alarm => new { since = alarm.Since, why = alarm.Why }).ToList(),
                may_lose = ledger.MayLose,
            },
            instances = new
            {
                alive = instances.Alive.Count,
                policies_differ_since = instances.Differs is { IsCertain: true } differs ? differs.Since : (DateTimeOffset?)null,
                why = instances.Differs is { IsCertain: true } ? "Instances decide by different policies; the health page names them. Give all the same files." : null,
            },
            certificates = certificates.Wrong,
            channels = failing.Select(one => new { place = one.Place.ToString(), failing_since = one.Since, why = one.Why }).ToList(),
            teams = teams.Playground ? PlaygroundCheck.Notice : teams.IsOn ? "on" : "off",
        };

}
