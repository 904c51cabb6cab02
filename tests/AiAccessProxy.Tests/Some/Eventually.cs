namespace AiAccessProxy.Tests;

/// <summary>Waits for a state by asking for it. The bound is generous: it ends a broken test, it measures nothing.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Generous = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task<T> GetAsync<T>(Func<Task<T?>> ask, string what, TimeSpan? within = null, TimeSpan? pause = null)
        where T : class
    {
        var (time, limit) = (TimeProvider.System, within ?? Generous);
        var started = time.GetTimestamp();
        while (true)
        {
            if (await ask() is { } found) return found;
            if (time.GetElapsedTime(started) > limit) throw new TimeoutException($"Not within {limit}: {what}");
            await Task.Delay(pause ?? Pause, time, TestContext.Current.CancellationToken);
        }
    }

    public static Task HoldsAsync(Func<Task<bool>> ask, string what, TimeSpan? within = null, TimeSpan? pause = null) =>
        GetAsync(async () => await ask() ? "yes" : null, what, within, pause);

    public static Task HoldsAsync(Func<bool> ask, string what, TimeSpan? within = null, TimeSpan? pause = null) =>
        HoldsAsync(() => Task.FromResult(ask()), what, within, pause);
}
