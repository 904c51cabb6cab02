namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>Is thrown when something has happened a number of times.</summary>
internal sealed class KillSwitch(KillPoint point, int count)
{
    private readonly TaskCompletionSource _thrown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _happened;

    public int Count => count;

    public Task Thrown => _thrown.Task;

    public void Happened(KillPoint what)
    {
        if (what == point && Interlocked.Increment(ref _happened) == count) _thrown.TrySetResult();
    }

    public async Task AfterAsync(Task seen)
    {
        await seen;
        _thrown.TrySetResult();
    }
}
