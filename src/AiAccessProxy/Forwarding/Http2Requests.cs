namespace AiAccessProxy.Forwarding;

/// <summary>Counts the requests in what an HTTP/2 client writes: the HEADERS frames that open a stream (RFC 9113, 4.1 and 6.2).</summary>
internal sealed class Http2Requests
{
    private const byte Headers = 1;

    private const int FrameHeader = 9;

    private readonly byte[] _header = new byte[FrameHeader];
    private int _inHeader;
    private int _skip = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".Length;
    private uint _lastStream;

    public int Count { get; private set; }

    public void Read(ReadOnlySpan<byte> written)
    {
        while (!written.IsEmpty)
        {
            var skipped = Math.Min(_skip, written.Length);
            _skip -= skipped;
            written = written[skipped..];

            var taken = Math.Min(_skip > 0 ? 0 : FrameHeader - _inHeader, written.Length);
            written[..taken].CopyTo(_header.AsSpan(_inHeader));
            _inHeader += taken;
            written = written[taken..];
            if (_inHeader == FrameHeader) ReadFrameHeader();
        }
    }

    private void ReadFrameHeader()
    {
        _inHeader = 0;
        _skip = (_header[0] << 16) | (_header[1] << 8) | _header[2];
        var stream = ((uint)_header[5] << 24 | (uint)_header[6] << 16 | (uint)_header[7] << 8 | _header[8]) & 0x7FFF_FFFF;
        if (_header[3] != Headers || stream == _lastStream) return;
        _lastStream = stream;
        Count++;
    }
}
