using System.Globalization;

namespace AiAccessProxy.Policies.Files;

/// <summary>What <c>aiaccess policy check</c> does: reads a folder as the proxy would, and tells every problem.</summary>
internal static class PolicyCheck
{
    /// <returns>0 when the folder would be taken over, 2 when it would be refused.</returns>
    public static int Run(string folder, TextWriter output, TextWriter errors)
    {
        switch (PolicyFiles.Load(folder))
        {
            case PolicyLoad.Refused refused:
                foreach (var problem in refused.Problems) errors.WriteLine(problem);
                errors.WriteLine($"{Count(refused.Problems.Count, "problem")}; nothing of {folder} would be taken over");
                return 2;
            case PolicyLoad.Loaded { Snapshot: var policy }:
                output.WriteLine(
                    $"{folder} is right: {Count(policy.Routes.Count, "route")}, {Count(policy.Routes.Sum(route => route.RulesById.Count), "rule")}, "
                    + $"{Count(policy.Agents.All.Count, "agent")}, {Count(policy.People.All.Count, "person", "people")}; hash {policy.Hash}");
                return 0;
            default:
                throw new InvalidOperationException("A load is loaded or refused.");
        }
    }

    private static string Count(int number, string one, string? many = null) =>
        $"{number.ToString(CultureInfo.InvariantCulture)} {(number == 1 ? one : many ?? one + "s")}";
}
