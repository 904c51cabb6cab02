using System.Text;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>One request as a raw socket received it. Texts are Latin-1: a character for each byte.</summary>
/// <param name="Number">1 for the first that this upstream received.</param>
/// <param name="Arrived">Timestamp of <see cref="TimeProvider.System"/> when its last byte was there.</param>
/// <param name="Head">Request line and header fields with their line ends, the empty line included.</param>
/// <param name="Body">The body, chunks joined.</param>
internal sealed record RawRequest(int Number, long Arrived, byte[] Head, byte[] Body)
{
    public string Method => Line.Split(' ')[0];

    public string Target => Line.Split(' ')[1];

    public string Line => Lines[0];

    public IReadOnlyList<(string Name, string Value)> Headers =>
        [.. Lines.Skip(1).Where(line => line.Length > 0)
            .Select(line => (line[..line.IndexOf(':')], line[(line.IndexOf(':') + 1)..].Trim(' ', '\t')))];

    public string? Header(string name) =>
        Headers.Where(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(field => field.Value).FirstOrDefault();

    private string[] Lines => Encoding.Latin1.GetString(Head).Split("\r\n");
}
