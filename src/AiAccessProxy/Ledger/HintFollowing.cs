namespace AiAccessProxy.Ledger;

/// <summary>
/// Follows the ledger's hints for as long as somebody wants them: from when this is made on, so that none falls between the start and the first
/// wait; anew when they end; and again after a while when the ledger cannot be read. Hints may be lost all the same: who follows also asks.
/// </summary>
/// <param name="hints">Listens from this call on, as <see cref="ILedger.ChangesAsync"/> does.</param>
/// <param name="again">After how long it listens again.</param>
internal sealed class HintFollowing<T>(Func<IAsyncEnumerable<T>> hints, TimeSpan again, TimeProvider time)
{
    private IAsyncEnumerable<T>? _first = hints();

    /// <param name="unavailable">Told when the ledger cannot be read, by the hints or by <paramref name="take"/>.</param>
    public async Task RunAsync(Func<T, ValueTask> take, Action<LedgerUnavailableException> unavailable, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await foreach (var hint in (Interlocked.Exchange(ref _first, null) ?? hints()).WithCancellation(stopping)) await take(hint);
            }
            catch (LedgerUnavailableException failure)
            {
                unavailable(failure);
            }

            await Task.Delay(again, time, stopping);
        }
    }
}
