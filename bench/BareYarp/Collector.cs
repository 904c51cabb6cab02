using System.Net;
using System.Net.Sockets;
using System.Text;

/// <summary>
/// Takes what OTLP over HTTP/1.1 sends and looks at none of it, so that it costs next to nothing itself. What it is can be changed while it runs, so
/// that one and the same sender can be measured against each: <c>fine</c>, <c>down</c> (nobody listens), <c>slow</c> (it never answers), <c>lying</c>
/// (it answers without end).
/// </summary>
internal sealed class Collector : IDisposable
{
    private const int HeadAndBody = 1 << 20;

    private static readonly byte[] Thanks = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray();
    private static readonly byte[] Beginning = "HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\n\r\n"u8.ToArray();

    private readonly Lock _lock = new();
    private readonly HashSet<Socket> _open = [];
    private readonly int _port;
    private Socket? _listener;
    private string _kind = "fine";

    public Collector()
    {
        Listen(0);
        _port = ((IPEndPoint)_listener!.LocalEndPoint!).Port;
    }

    public string Url => $"http://127.0.0.1:{_port}";

    /// <summary>What was begun under the kind before is cut off.</summary>
    public void Become(string kind)
    {
        lock (_lock)
        {
            if (kind == _kind) return;
            _kind = kind;
            foreach (var one in _open) one.Dispose();
            _open.Clear();
            if (kind == "down") _listener?.Dispose();
            else if (_listener is null) Listen(_port);
            if (kind == "down") _listener = null;
        }
    }

    public void Dispose() => Become("down");

    private void Listen(int port)
    {
        _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _listener.Listen();
        _ = AcceptAsync(_listener);
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                var one = await listener.AcceptAsync();
                lock (_lock) _open.Add(one);
                _ = AnswerAsync(one);
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // It is down now.
        }
    }

    private async Task AnswerAsync(Socket one)
    {
        try
        {
            var buffer = new byte[HeadAndBody];
            while (await TakeAsync(one, buffer))
            {
                if (_kind == "slow") continue;
                await one.SendAsync(_kind == "lying" ? Beginning : Thanks);
                while (_kind == "lying")
                {
                    await one.SendAsync(buffer.AsMemory(0, 65536));
                    // It shares a core with the load, which is not to be measured by how fast it lies.
                    await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
                }
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // The sender left, or the kind changed.
        }

        lock (_lock) _open.Remove(one);
        one.Dispose();
    }

    /// <summary>One request, head and body; false at the end.</summary>
    private static async Task<bool> TakeAsync(Socket one, byte[] buffer)
    {
        var (have, head) = (0, -1);
        while (head < 0)
        {
            var read = await one.ReceiveAsync(buffer.AsMemory(have));
            if (read == 0) return false;
            have += read;
            head = buffer.AsSpan(0, have).IndexOf("\r\n\r\n"u8);
        }

        var fields = Encoding.ASCII.GetString(buffer, 0, head).Split("\r\n");
        var length = fields.FirstOrDefault(field => field.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) ?? throw new InvalidOperationException("A body without its length.");
        for (var left = int.Parse(length[15..]) - (have - head - 4); left > 0;)
        {
            var read = await one.ReceiveAsync(buffer.AsMemory(0, Math.Min(left, buffer.Length)));
            if (read == 0) return false;
            left -= read;
        }

        return true;
    }
}
