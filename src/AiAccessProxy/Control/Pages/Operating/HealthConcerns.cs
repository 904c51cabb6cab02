using AiAccessProxy.Policies;

namespace AiAccessProxy.Control.Pages.Operating;

/// <summary>Asks everything that has to be well how it is.</summary>
internal sealed class HealthConcerns(LedgerConcern ledger, PolicyStore policies, CertificateHealth certificates, ChannelConcern channels)
{
    /// <summary>Problems of the policy files that are told; <c>aiaccess policy check</c> tells all.</summary>
    public const int MostProblems = 100;

    public IReadOnlyList<HealthConcern> Now => [ledger.Now, Policy, Certificates, .. channels.Now, Agents];

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
