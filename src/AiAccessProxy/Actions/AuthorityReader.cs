using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AiAccessProxy.Actions;

/// <summary>Reads an authority (RFC 3986, 3.2) without user information, in the one spelling that all servers agree on.</summary>
internal readonly struct AuthorityReader(string text)
{
    private const int LongestHost = 253;

    private const int LongestLabel = 63;

    private static readonly SearchValues<char> Label = SearchValues.Create("-_0123456789abcdefghijklmnopqrstuvwxyz");

    public AuthorityReading Read()
    {
        if (text.Length == 0) return Refuse("is empty", "name the host");
        if (!System.Text.Ascii.IsValid(text)) return Refuse("is not in ASCII", AsciiForm() is { } ascii ? $"write {ascii}" : "write its A-label form (xn--…)");
        if (text.Contains('@', StringComparison.Ordinal)) return Refuse("holds user information", "write the host alone");

        var end = text[0] == '[' ? text.IndexOf(']', StringComparison.Ordinal) + 1 : text.IndexOf(':', StringComparison.Ordinal);
        if (end < 0) end = text.Length;
        var host = text[..end].ToLowerInvariant();
        if (!IsHost(host)) return Refuse("is no host", "write a name of letters, digits and hyphens, four decimal numbers, or IPv6 in brackets");
        if (end == text.Length) return new AuthorityReading.Read(new(host, null));
        return PortIn(text.AsSpan(end)) is { } port
            ? new AuthorityReading.Read(new(host, port))
            : Refuse("has a port that is none", "write ':' and a number from 1 to 65535 without zeros before it, or leave it out");
    }

    private static bool IsHost(string host)
    {
        if (host.StartsWith('['))
            return !host.Contains('%', StringComparison.Ordinal) && IPAddress.TryParse(host, out var six) && six.AddressFamily == AddressFamily.InterNetworkV6;
        var labels = host.Split('.');
        // A last label of digits, or one that begins with 0x, makes the whole a number to some: 127.1, 2130706433, 0x7f.1.
        if (char.IsAsciiDigit(labels[^1].FirstOrDefault()) && labels[^1].All(character => char.IsAsciiHexDigit(character) || character == 'x'))
            return labels.Length == 4 && IPAddress.TryParse(host, out var four) && four.ToString() == host;
        return host.Length <= LongestHost && labels.All(label =>
            label.Length is > 0 and <= LongestLabel && !label.AsSpan().ContainsAnyExcept(Label) && label[0] != '-' && label[^1] != '-');
    }

    private static int? PortIn(ReadOnlySpan<char> text) =>
        text is [':', >= '1' and <= '9', ..] && int.TryParse(text[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= ushort.MaxValue
            ? port
            : null;

    private string? AsciiForm()
    {
        try
        {
            return new IdnMapping { UseStd3AsciiRules = true }.GetAscii(text.Split(':')[0]).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static AuthorityReading.Refused Refuse(string why, string remedy) => new(why, remedy);
}
