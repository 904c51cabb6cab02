using Microsoft.Win32.SafeHandles;

namespace AiAccessProxy.Ledger.Embedded;

/// <summary>Walks over the lines of a file from an offset up to a limit.</summary>
internal sealed class LineScanner(SafeFileHandle file, long offset, long end)
{
    private const int BlockBytes = 64 * 1024;

    /// <summary>No line is longer: a state of 1 MiB, as text of which every byte is escaped, and what stands around it.</summary>
    public const int MaxLineBytes = 8 * 1024 * 1024;

    private byte[] _buffer = new byte[BlockBytes];
    private int _from;
    private int _to;
    private long _read = offset;

    /// <summary>Where the next line starts.</summary>
    public long Offset { get; private set; } = offset;

    /// <summary>The next line without its break, valid until the next call. False: nothing but perhaps a part of a line is left.</summary>
    public bool TryNext(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var rest = _buffer.AsSpan(_from, _to - _from);
            if (rest[searched..].IndexOf((byte)'\n') is >= 0 and var found)
            {
                line = rest[..(searched + found)];
                _from += line.Length + 1;
                Offset += line.Length + 1;
                return true;
            }

            searched = rest.Length;
            if (searched >= MaxLineBytes || !Fill())
            {
                line = default;
                return false;
            }
        }
    }

    private bool Fill()
    {
        if (_from > 0)
        {
            _buffer.AsSpan(_from, _to - _from).CopyTo(_buffer);
            (_from, _to) = (0, _to - _from);
        }

        if (_to == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        var wanted = (int)Math.Min(_buffer.Length - _to, end - _read);
        if (wanted <= 0) return false;
        var count = RandomAccess.Read(file, _buffer.AsSpan(_to, wanted), _read);
        _to += count;
        _read += count;
        return count > 0;
    }
}
