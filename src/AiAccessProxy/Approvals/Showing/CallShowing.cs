using AiAccessProxy.Actions;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals.Showing;

/// <summary>Renders a bound action for reviewers, from the bytes that will be sent.</summary>
internal static class CallShowing
{
    public static ShownCall Of(BoundAction action, Decision decision) => throw new NotImplementedException();
}
