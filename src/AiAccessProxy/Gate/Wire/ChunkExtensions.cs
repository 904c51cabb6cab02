using System.Buffers;

namespace AiAccessProxy.Gate.Wire;

/// <summary>
/// Counts the bytes of a chunked body's size lines that are no part of a size. What it is given the server has taken already, and so found
/// well-formed: this only has to follow.
/// </summary>
internal sealed class ChunkExtensions(int most)
{
    private Part _part = Part.Size;
    private long _size;
    private int _counted;
    private bool _isLineEmpty;

    private enum Part
    {
        Size,
        Extension,
        Data,
        Trailers,
        Over,
    }

    public bool IsOver => _part == Part.Over;

    public bool IsTooMuch => _counted > most;

    public void Take(ReadOnlySequence<byte> taken)
    {
        foreach (var piece in taken)
        {
            for (var at = 0; at < piece.Length && !IsOver;)
            {
                if (_part == Part.Data)
                {
                    var skipped = (int)Math.Min(_size, piece.Length - at);
                    (at, _size) = (at + skipped, _size - skipped);
                    if (_size == 0) _part = Part.Size;
                    continue;
                }

                Follow(piece.Span[at++]);
            }
        }
    }

    private void Follow(byte next)
    {
        switch (_part)
        {
            case Part.Trailers when next == '\n':
                if (_isLineEmpty) _part = Part.Over;
                _isLineEmpty = true;
                break;
            case Part.Trailers:
                _isLineEmpty &= next == '\r';
                break;
            case var _ when next == '\n':
                // The line end that follows the data is skipped with it.
                (_part, _isLineEmpty) = (_size == 0 ? Part.Trailers : Part.Data, true);
                if (_part == Part.Data) _size += 2;
                break;
            case Part.Size when char.IsAsciiHexDigit((char)next):
                _size = (_size << 4) + (next <= '9' ? next - '0' : (next | 0x20) - 'a' + 10);
                break;
            case var _ when next == '\r':
                break;
            default:
                _part = Part.Extension;
                _counted = Math.Min(_counted + 1, int.MaxValue - 1);
                break;
        }
    }
}
