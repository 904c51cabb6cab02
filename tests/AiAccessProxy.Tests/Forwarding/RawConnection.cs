using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace AiAccessProxy.Tests.Forwarding;

/// <summary>One connection that a <see cref="RawUpstream"/> accepted.</summary>
public sealed class RawConnection(Socket socket, Stream stream, CancellationToken stop) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<byte> _received = [];
    private int _at;
    private int _requests;

    /// <summary>Every byte that was received, as it came.</summary>
    public byte[] Received
    {
        get
        {
            lock (_lock) return [.. _received];
        }
    }

    public string Text => Encoding.Latin1.GetString(Received);

    /// <summary>Requests that arrived on this connection.</summary>
    public int Requests => Volatile.Read(ref _requests);

    public CancellationToken Stop => stop;

    public void CountRequest() => Interlocked.Increment(ref _requests);

    /// <summary>Reads one HTTP/1.1 request, head and body, and counts it; null when the other side closed before one began.</summary>
    public async Task<string?> ReadRequestAsync()
    {
        var start = _at;
        if (await ReadHeadAsync() is not { } head) return null;
        CountRequest();
        if (LengthOf(head) is { } length)
        {
            if (!await HaveAsync(_at + length)) return null;
            _at += length;
        }
        else if (head.Contains("\r\nTransfer-Encoding: chunked\r\n", StringComparison.OrdinalIgnoreCase))
        {
            while (true)
            {
                if (await ReadLineAsync() is not { } line) return null;
                var size = int.Parse(line, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                if (!await HaveAsync(_at + size + 2)) return null;
                _at += size + 2;
                if (size == 0) break;
            }
        }

        return Encoding.Latin1.GetString(Received, start, _at - start);
    }

    /// <summary>Reads up to the empty line that ends a head.</summary>
    public async Task<string?> ReadHeadAsync()
    {
        var start = _at;
        while (await ReadLineAsync() is { } line)
        {
            if (line.Length == 0) return Encoding.Latin1.GetString(Received, start, _at - start);
        }

        return null;
    }

    /// <summary>Exactly <paramref name="count"/> more bytes; null when the other side closed before.</summary>
    public async Task<byte[]?> ReadAsync(int count)
    {
        if (!await HaveAsync(_at + count)) return null;
        _at += count;
        return Received.AsSpan(_at - count, count).ToArray();
    }

    /// <summary>Reads until the other side closes, keeping what comes.</summary>
    public async Task DrainAsync()
    {
        while (await FillAsync())
        {
        }
    }

    public async Task WriteAsync(string text) => await WriteAsync(Encoding.Latin1.GetBytes(text));

    public async Task WriteAsync(byte[] bytes)
    {
        await stream.WriteAsync(bytes, stop);
        await stream.FlushAsync(stop);
    }

    /// <summary>Closes with RST instead of FIN.</summary>
    public void Reset()
    {
        socket.LingerState = new(true, 0);
        socket.Close();
    }

    public void Dispose() => socket.Dispose();

    private static int? LengthOf(string head)
    {
        const string Name = "\r\nContent-Length: ";
        var at = head.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        if (at < 0) return null;
        var end = head.IndexOf('\r', at + Name.Length);
        return int.Parse(head.AsSpan(at + Name.Length, end - at - Name.Length), CultureInfo.InvariantCulture);
    }

    private async Task<string?> ReadLineAsync()
    {
        for (var end = _at; ; end++)
        {
            if (!await HaveAsync(end + 2)) return null;
            lock (_lock)
            {
                if (_received[end] != '\r' || _received[end + 1] != '\n') continue;
                var line = Encoding.Latin1.GetString([.. _received[_at..end]]);
                _at = end + 2;
                return line;
            }
        }
    }

    private async Task<bool> HaveAsync(int count)
    {
        while (Received.Length < count)
        {
            if (!await FillAsync()) return false;
        }

        return true;
    }

    private async Task<bool> FillAsync()
    {
        var buffer = new byte[64 * 1024];
        var read = await stream.ReadAsync(buffer, stop);
        lock (_lock) _received.AddRange(buffer.AsSpan(0, read));
        return read > 0;
    }
}
