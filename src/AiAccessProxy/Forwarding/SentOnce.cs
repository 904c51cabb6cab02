using System.Text;

namespace AiAccessProxy.Forwarding;

/// <summary>
/// Watches one request inside the HTTP client, which resends by itself: after a closed connection (HTTP/1.1, a bodiless DELETE was seen four
/// times) and after REFUSED_STREAM or GOAWAY (HTTP/2). The client asks for the encoding of each header whenever it writes the request, so
/// the first header asked for again is a second writing, and it is refused before a byte of it has left.
/// </summary>
internal sealed class SentOnce
{
    private static readonly HttpRequestOptionsKey<SentOnce> Key = new("AiAccess.SentOnce");

    private string? _first;

    /// <summary>Whether the request has been written, in part at least.</summary>
    public bool HasBegun => _first is not null;

    public void Watch(HttpRequestMessage request) => request.Options.Set(Key, this);

    /// <summary>For <see cref="SocketsHttpHandler.RequestHeaderEncodingSelector"/>; the encoding is always the default, ASCII.</summary>
    public static Encoding? OnHeader(string name, HttpRequestMessage request)
    {
        if (request.Options.TryGetValue(Key, out var sent)) sent.See(name);
        return null;
    }

    private void See(string name)
    {
        var first = Interlocked.CompareExchange(ref _first, name, null);
        if (first == name) throw new IOException("A request is written once, and this was the second time.");
    }
}
