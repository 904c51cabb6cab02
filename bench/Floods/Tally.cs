using System.Globalization;

namespace Floods;

/// <summary>What a flood has done so far, as its process tells it and the measuring one reads it.</summary>
/// <param name="Open">Connections that are open.</param>
/// <param name="Connected">Connections begun, TLS handshake and all.</param>
/// <param name="Sent">Pieces of heads or bodies, streams that were reset, or calls that were answered.</param>
internal sealed record Tally(long At, long Open, long Connected, long Sent)
{
    public static Tally Read(string line)
    {
        var numbers = line.Split(' ').Select(part => long.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return new(numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At} {Open} {Connected} {Sent}");
}
