using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace AiAccessProxy.Tests.Ledger.Redis;

/// <summary>
/// Stands between a proxy and its Redis on loopback, knows nothing of either, and cuts what passes after a number of bytes: in the middle of a
/// command that then never comes to its end, or of an answer to one that was carried out.
/// </summary>
internal sealed class RedisRelay : IAsyncDisposable
{
    private const int Off = int.MaxValue;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private readonly Task _accepting;
    private volatile int _to;
    private int _asked = Off;
    private int _answered = Off;

    /// <param name="port">Of the Redis on loopback that it leads to.</param>
    public RedisRelay(int port)
    {
        _to = port;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>How often it has cut.</summary>
    public int Cuts { get; private set; }

    /// <summary>Waited for before anything passes: what it is, and whether it is on its way to Redis. Null: nothing waits.</summary>
    public Func<ReadOnlyMemory<byte>, bool, Task>? Before { get; set; }

    /// <summary>The next connection that sends more than so many bytes from now on is cut there.</summary>
    public void CutAsking(int after) => Interlocked.Exchange(ref _asked, after);

    /// <summary>The next answers end after so many bytes.</summary>
    public void CutAnswering(int after) => Interlocked.Exchange(ref _answered, after);

    /// <summary>Leads to another Redis from now on, as an address that moves in a failover.</summary>
    public void LeadTo(int port)
    {
        _to = port;
        Drop();
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        Drop();
        // Stopped only then: whoever is about to accept must find it listening.
        await _accepting;
        _listener.Stop();
        _over.Dispose();
    }

    private void Drop()
    {
        foreach (var socket in _open.Keys) socket.Close();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true) connections.Add(RelayAsync(await _listener.AcceptSocketAsync(_over.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task RelayAsync(Socket client)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (client)
        {
            client.NoDelay = true;
            (_open[client], _open[server]) = (true, true);
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _to, _over.Token);
                await Task.WhenAny(PassAsync(client, server, isAsking: true), PassAsync(server, client, isAsking: false));
            }
            catch (Exception ended) when (ended is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // Nobody is there; the client sees its connection end.
            }

            _open.TryRemove(client, out _);
            _open.TryRemove(server, out _);
        }
    }

    private async Task PassAsync(Socket from, Socket to, bool isAsking)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _over.Token) is > 0 and var read)
            {
                if (Before is { } before) await before(buffer.AsMemory(0, read), isAsking).WaitAsync(_over.Token);
                var passes = Math.Min(read, isAsking ? Take(ref _asked, read) : Take(ref _answered, read));
                for (var sent = 0; sent < passes;) sent += await to.SendAsync(buffer.AsMemory(sent, passes - sent), _over.Token);
                if (passes == read) continue;
                Cuts++;
                return;
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The other direction ended, or the test is over.
        }
    }

    /// <summary>How many of so many bytes may pass; after a cut all may again.</summary>
    private static int Take(ref int left, int read)
    {
        while (true)
        {
            var now = Volatile.Read(ref left);
            if (now == Off) return read;
            if (Interlocked.CompareExchange(ref left, now < read ? Off : now - read, now) == now) return Math.Min(now, read);
        }
    }
}
