using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Control;

/// <summary>For balancers and operators.</summary>
internal sealed class Probes(PolicyStore policies, LedgerHealth ledger)
{
    public static Task LiveAsync(HttpContext context) => context.Response.WriteAsync("ok\n", context.RequestAborted);

    /// <summary>200 also while the ledger cannot be written: taken out of rotation, nobody would get our own answer, which says so.</summary>
    public Task ReadyAsync(HttpContext context) => context.Response.WriteAsJsonAsync(
        new
        {
            status = ledger.IsOk ? "ok" : "alarm",
            policy = policies.Current.Hash,
            ledger = new { ok = ledger.IsOk, failing_since = ledger.FailingSince, why = ledger.IsOk ? null : "The ledger cannot record; privileged calls are refused with 503." },
        },
        context.RequestAborted);
}
