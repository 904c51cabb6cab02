using System.CommandLine;

namespace AiAccessProxy.Commands.Tables;

/// <summary>What is written on.</summary>
/// <param name="Width">Columns of the terminal; null when it is none, and nothing is cut.</param>
internal sealed record Screen(int? Width, bool HasColour, DateTimeOffset Now)
{
    private const int Narrowest = 40;

    public static Screen Of(ParseResult parsed)
    {
        var isTerminal = ReferenceEquals(parsed.InvocationConfiguration.Output, Console.Out) && !Console.IsOutputRedirected;
        // https://no-color.org: present and not empty.
        var isPlain = Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 } || Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb";
        return new(isTerminal ? Math.Max(Narrowest, Console.WindowWidth) : null, isTerminal && !isPlain, TimeProvider.System.GetUtcNow());
    }
}
