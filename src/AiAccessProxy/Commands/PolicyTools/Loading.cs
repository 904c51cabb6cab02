using System.CommandLine;
using AiAccessProxy.Policies.Files;

namespace AiAccessProxy.Commands.PolicyTools;

/// <summary>Reads a folder of policies for a command that asks it something. Secrets are not needed for that.</summary>
internal static class Loading
{
    /// <summary>Null, and every problem told, when the folder is not right.</summary>
    public static PolicyLoad.Loaded? Of(ParseResult parsed, string folder)
    {
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        switch (PolicyFiles.LoadWithoutSecrets(folder, missing))
        {
            case PolicyLoad.Loaded loaded:
                foreach (var one in missing) parsed.InvocationConfiguration.Error.WriteLine($"{TerminalText.Of(one)} is not there; something else stands for it");
                return loaded;
            case PolicyLoad.Refused refused:
                foreach (var problem in refused.Problems) parsed.InvocationConfiguration.Error.WriteLine(problem);
                return null;
            default:
                throw new InvalidOperationException("A load is loaded or refused.");
        }
    }
}
