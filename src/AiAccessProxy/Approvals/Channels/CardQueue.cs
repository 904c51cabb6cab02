using System.Threading.Channels;

namespace AiAccessProxy.Approvals.Channels;

/// <summary>Tickets that somebody here should look at, each once, and never one by two at a time.</summary>
internal sealed class CardQueue
{
    private readonly Channel<TicketId> _waiting = Channel.CreateUnbounded<TicketId>();
    private readonly Lock _lock = new();

    // Those in the queue or in work; true: it is in work, and something happened to it since.
    private readonly Dictionary<TicketId, bool> _known = [];
    private readonly HashSet<TicketId> _inWork = [];

    public void Add(TicketId id)
    {
        lock (_lock)
        {
            if (_inWork.Contains(id)) _known[id] = true;
            else if (_known.TryAdd(id, false)) _waiting.Writer.TryWrite(id);
        }
    }

    /// <summary>Works on what comes, until it is told to stop.</summary>
    public async Task WorkAsync(Func<TicketId, Task> work, CancellationToken stopping)
    {
        await foreach (var id in _waiting.Reader.ReadAllAsync(stopping))
        {
            lock (_lock) _inWork.Add(id);
            try
            {
                await work(id);
            }
            finally
            {
                Done(id);
            }
        }
    }

    private void Done(TicketId id)
    {
        lock (_lock)
        {
            _inWork.Remove(id);
            if (_known.Remove(id, out var again) && again && _known.TryAdd(id, false)) _waiting.Writer.TryWrite(id);
        }
    }
}
