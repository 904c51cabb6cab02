using AiAccessProxy.Approvals.Instances;

namespace AiAccessProxy.Control.Pages.Operating;

/// <summary>Who works on the ledger, where several may. All have to decide by the same rules.</summary>
internal sealed class InstanceConcern(InstanceSet instances)
{
    public IEnumerable<HealthConcern> Now => instances switch
    {
        { IsShared: false } => [],
        { Differs: { IsCertain: true } differs } =>
        [
            new("Instances", false, "Not all decide by the same rules, so what becomes of a call depends on which of them it meets.")
            {
                Since = differs.Since,
                ToDo = "Give all instances the same policy files. An instance that refused its files keeps its older rules: its own health page says so.",
                More = Lines,
            },
        ],
        _ => [new("Instances", true, instances.Alive.Count == 1 ? "This one alone." : $"{instances.Alive.Count} work on this ledger.") { More = Lines }],
    };

    private IReadOnlyList<string> Lines =>
    [
        .. instances.Alive.Select(one =>
            $"{one.Name}{(one.Name == instances.Self ? " (this one)" : "")}: version {one.Version}, policy {one.Policy}, since {one.Started.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z"),
    ];
}
