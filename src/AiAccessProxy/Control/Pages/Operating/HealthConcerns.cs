using AiAccessProxy.Control.Reading;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Control.Pages.Operating;

/// <summary>Asks everything that has to be well how it is.</summary>
internal sealed class HealthConcerns(LedgerHealth ledger, PolicyStore policies, CertificateHealth certificates, LedgerReading reading)
{
    /// <summary>Problems of the policy files that are told; <c>aiaccess policy check</c> tells all.</summary>
    public const int MostProblems = 100;

    public IReadOnlyList<HealthConcern> Now => [Ledger, Policy, Certificates, Agents];

    private HealthConcern Ledger => ledger.IsOk
        ? new("Ledger", true, $"It records. {reading.Read.Number} records have been read for these pages.")
        {
            More =
            [
                .. ledger.Repaired is { } repaired ? [$"At the start something was repaired: {repaired}"] : Array.Empty<string>(),
                .. ledger.MayLose.Select(why => $"Relaxed durability was accepted: Redis {why}."),
            ],
        }
        : new("Ledger", false, "It cannot record, and what cannot be recorded does not happen: calls are answered with 503.")
        {
            Since = ledger.FailingSince,
            ToDo = "See to the disk and the folder of the ledger (full, read-only, gone). It goes on by itself once it can write.",
            More = ledger.Why is { } why ? [why] : [],
        };

    private HealthConcern Policy
    {
        get
        {
            var observed = policies.Current.Observed.Select(one => $"{one.Rule.Id} on {one.Route.Id} is only observed: it has no effect.").ToList();
            return policies.LastRefusal is not { } refusal
                ? new("Policy", true, "The files are what is in force.") { More = observed }
                : new("Policy", false, "The files were changed and are wrong, so what was in force before stays in force.")
                {
                    Since = refusal.At,
                    ToDo = "Correct them as said here; aiaccess policy check says the same before they are put in place.",
                    More = [.. refusal.Problems.Take(MostProblems).Select(problem => problem.ToString()), .. observed],
                };
        }
    }

    private HealthConcern Certificates => certificates.Wrong is { Count: > 0 } wrong
        ? new("Certificates", false, "Something is wrong with the certificates of the planes.")
        {
            ToDo = "Put good PEM files in place of those that the settings name; they are read again by themselves.",
            More = wrong,
        }
        : new("Certificates", true, "Nothing is wrong with those that the settings name.");

    private HealthConcern Agents
    {
        get
        {
            var agents = policies.Current.Agents;
            var suspended = agents.All.Select(agent => agent.Id).Where(agent => agents.SuspensionOf(agent) is not null).Order(StringComparer.Ordinal).ToList();
            return new("Agents", true, suspended.Count == 0 ? "None is suspended." : $"Suspended by people: {string.Join(", ", suspended)}.");
        }
    }
}
