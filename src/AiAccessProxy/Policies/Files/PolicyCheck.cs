using System.Globalization;
using AiAccessProxy.Policies.Linting;

namespace AiAccessProxy.Policies.Files;

/// <summary>
/// What <c>aiaccess policy check</c> does: reads a folder as the proxy would, tells every problem, and warns of what is right and probably not
/// meant. Whether the files' own tests pass is for <c>policy test</c> to say.
/// </summary>
internal static class PolicyCheck
{
    /// <param name="isStrict">A warning counts as a problem.</param>
    /// <returns>0 when the folder would be taken over, 2 when it would be refused.</returns>
    public static async Task<int> RunAsync(string folder, bool isStrict, TextWriter output, TextWriter errors)
    {
        switch (PolicyFiles.Load(folder))
        {
            case PolicyLoad.Refused refused:
                foreach (var problem in refused.Problems) errors.WriteLine(problem);
                errors.WriteLine($"{Count(refused.Problems.Count, "problem")}; nothing of {folder} would be taken over");
                return 2;
            case PolicyLoad.Loaded { Snapshot: var policy } loaded:
                var lint = new PolicyLint(policy, loaded.Places);
                var warnings = await lint.RunAsync(CancellationToken.None);
                foreach (var warning in warnings) errors.WriteLine($"warning: {warning}");
                if (lint.IsCutShort) errors.WriteLine("there are too many rules to look for other spellings of each; some were left out");
                output.WriteLine(
                    $"{folder} is right: {Count(policy.Routes.Count, "route")}, {Count(policy.Routes.Sum(route => route.RulesById.Count), "rule")}, "
                    + $"{Count(policy.Agents.All.Count, "agent")}, {Count(policy.People.All.Count, "person", "people")}; hash {policy.Hash}"
                    + (warnings.Count > 0 ? $"; {Count(warnings.Count, "warning")}" : ""));
                foreach (var (route, rule) in policy.Observed) output.WriteLine($"observed only: rule {rule.Id} of route {route.Id}");
                return isStrict && warnings.Count > 0 ? 2 : 0;
            default:
                throw new InvalidOperationException("A load is loaded or refused.");
        }
    }

    private static string Count(int number, string one, string? many = null) =>
        $"{number.ToString(CultureInfo.InvariantCulture)} {(number == 1 ? one : many ?? one + "s")}";
}
