using AiAccessProxy.Policies;

namespace AiAccessProxy.Gate;

/// <summary>A call that no rule permits because its body could not be read is told that, rather than that there is no rule.</summary>
internal static class Inspection
{
    public static Problem? Failed(Bound bound) => bound.NotInspected is { } why ? EntryProblems.UnreadableBody(why) : null;
}
