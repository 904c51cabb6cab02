using AiAccessProxy.Policies.Linting;
using AiAccessProxy.Policies.Trials;

namespace AiAccessProxy.Policies.Files;

/// <summary>What came out of reading a folder of policies: all of it, or none.</summary>
internal abstract record PolicyLoad
{
    private PolicyLoad()
    {
    }

    /// <param name="Stamp">Changes with any file and with anything that they refer to. Made from secrets: never shown.</param>
    public sealed record Loaded(PolicySnapshot Snapshot, string Stamp) : PolicyLoad
    {
        /// <summary>What the files expect of their rules, by file and line. Reading does not run it.</summary>
        public IReadOnlyList<PolicyTest> Tests { get; init; } = [];

        public PolicyPlaces Places { get; init; } = new();
    }

    /// <param name="Problems">All that were found, by file and line; at least one.</param>
    public sealed record Refused(IReadOnlyList<PolicyProblem> Problems) : PolicyLoad;
}
