using System.Buffers;
using System.Globalization;
using System.Text;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>Takes HTTP/1.1 messages off a stream byte by byte (RFC 9112), keeping what belongs to a message that never ended.</summary>
internal sealed class RawReader(Stream stream)
{
    private readonly byte[] _buffer = new byte[16384];
    private readonly ArrayBufferWriter<byte> _message = new();
    private int _at;
    private int _end;

    /// <summary>What has been read of a message that is not complete.</summary>
    public byte[] Unfinished => _message.WrittenSpan.ToArray();

    /// <summary>First line and fields up to the empty line; null at the end of the stream.</summary>
    public async Task<byte[]?> HeadAsync(CancellationToken cancellationToken)
    {
        _message.ResetWrittenCount();
        while (await NextAsync(cancellationToken) is { } next)
        {
            _message.Write([next]);
            if (next == '\n' && _message.WrittenSpan.EndsWith("\r\n\r\n"u8)) return _message.WrittenSpan.ToArray();
        }

        return null;
    }

    /// <summary>The body that <paramref name="head"/> announces; without length or chunks there is none, or all the rest for an answer.</summary>
    public async Task<byte[]> BodyAsync(byte[] head, CancellationToken cancellationToken, bool isAnswer = false)
    {
        var fields = Encoding.Latin1.GetString(head).Split("\r\n");
        var length = Field(fields, "content-length");
        var body = Field(fields, "transfer-encoding") is "chunked" ? await ChunksAsync(cancellationToken)
            : length is not null ? await TakeAsync(int.Parse(length, CultureInfo.InvariantCulture), cancellationToken)
            : isAnswer ? await RestAsync(cancellationToken)
            : [];
        _message.ResetWrittenCount();
        return body;
    }

    private static string? Field(string[] lines, string name) =>
        lines.FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();

    private async Task<byte[]> ChunksAsync(CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        while (true)
        {
            var size = int.Parse(await LineAsync(cancellationToken), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            body.Write(await TakeAsync(size, cancellationToken));
            await LineAsync(cancellationToken);
            if (size == 0) return body.ToArray();
        }
    }

    private async Task<string> LineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (await NextAsync(cancellationToken) is { } next)
        {
            _message.Write([next]);
            if (next == '\n') return line.ToString().TrimEnd('\r');
            line.Append((char)next);
        }

        throw new IOException("The stream ended in the middle of a line.");
    }

    private async Task<byte[]> TakeAsync(int count, CancellationToken cancellationToken)
    {
        var taken = new byte[count];
        for (var i = 0; i < count; i++)
        {
            taken[i] = await NextAsync(cancellationToken) ?? throw new IOException("The stream ended in the middle of a body.");
            _message.Write([taken[i]]);
        }

        return taken;
    }

    private async Task<byte[]> RestAsync(CancellationToken cancellationToken)
    {
        using var rest = new MemoryStream();
        while (await NextAsync(cancellationToken) is { } next) rest.WriteByte(next);
        return rest.ToArray();
    }

    private async ValueTask<byte?> NextAsync(CancellationToken cancellationToken)
    {
        if (_at == _end) (_at, _end) = (0, await stream.ReadAsync(_buffer, cancellationToken));
        return _end == 0 ? null : _buffer[_at++];
    }
}
