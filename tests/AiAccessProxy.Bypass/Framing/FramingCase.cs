using System.Text;

namespace AiAccessProxy.Bypass.Framing;

/// <summary>Bytes that begin one request, or try to begin two. Texts are Latin-1: a character for each byte.</summary>
/// <param name="Text">Without the request that is tried to be hidden behind it.</param>
internal sealed record FramingCase(string Kind, string Text)
{
    public byte[] Bytes => Encoding.Latin1.GetBytes(Text);

    public override string ToString() =>
        $"{Kind}: {string.Concat(Text.Select(character => character is >= ' ' and <= '~' ? $"{character}" : $"\\x{(int)character:X2}"))}";
}
