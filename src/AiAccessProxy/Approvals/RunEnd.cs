namespace AiAccessProxy.Approvals;

/// <summary>How the run of a cleared call stands once its outcome was to end it.</summary>
internal enum RunEnd
{
    /// <summary>It ended with that outcome, now or before, and the record says so.</summary>
    Closed,

    /// <summary>Somebody ended it otherwise before, believing its sender dead: the outcome is on record nowhere yet.</summary>
    GivenUp,

    /// <summary>The ticket is still as it was before the run. Where it is not known whether the use was taken, it may be taken yet.</summary>
    NotBegun,

    /// <summary>The ticket went another way: the run was never begun, and never will be.</summary>
    NeverBegan,
}
