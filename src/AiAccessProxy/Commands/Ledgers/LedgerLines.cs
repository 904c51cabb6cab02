using System.Text;
using System.Text.Json;
using AiAccessProxy.Commands.Server;

namespace AiAccessProxy.Commands.Ledgers;

/// <summary>Writes records, a line each.</summary>
/// <param name="IsJson">Whole, for scripts; otherwise as a story, for people.</param>
internal sealed record LedgerLines(TextWriter Output, bool IsJson)
{
    /// <exception cref="JsonException">It is no record.</exception>
    public void Write(JsonElement entry) => Output.WriteLine(IsJson ? ServerJson.Line(entry) : StoryLine.Of(ServerEntry.Of(entry)));

    /// <exception cref="JsonException">A line is no JSON.</exception>
    public async Task CopyAsync(Stream lines, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(lines, Encoding.UTF8);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
            if (line.Length > 0) Write(JsonElement.Parse(line));
    }
}
