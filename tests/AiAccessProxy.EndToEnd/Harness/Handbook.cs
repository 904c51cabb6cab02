using System.Text.RegularExpressions;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>
/// The commands of the README, or of another page, each to be run once, as it stands there, by a shell in a folder of the test's own. What a reader has to
/// fill in (ports, keys, a ticket) is filled in through the environment and by what the shell takes <c>aiaccess</c> to be.
/// </summary>
internal sealed partial class Handbook(string folder, string page = "README.md")
{
    private readonly List<string> _left =
        [.. Fence().Matches(File.ReadAllText(Path.Combine(Built.Root, page)))
            .SelectMany(block => block.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Select(line => Comment().Replace(line, ""))];

    /// <summary>Commands that nobody has run yet.</summary>
    public IReadOnlyList<string> Left => _left;

    public Dictionary<string, string?> Environment { get; } = new();

    /// <summary>Runs the next command that begins so, with <paramref name="more"/> after it; gives what it printed.</summary>
    public async Task<string> RunAsync(string beginning, string more = "")
    {
        await using var child = Start(beginning, more);
        var code = await child.ExitAsync(TimeSpan.FromMinutes(1));
        Assert.True(code == 0, $"'{beginning}' ended with code {code}: {child.Errors}");
        return child.Output;
    }

    public ChildProcess Start(string beginning, string more = "")
    {
        var line = Take(beginning);
        return ChildProcess.Start("/bin/bash", ["-euc", $"""
            cd '{folder}'
            aiaccess() ( exec '{Built.Dotnet}' exec '{Built.Program}' "$@"; )
            dotnet() ( [ "$1 $2 $3 $4" = "run --project src/AiAccessProxy --" ]; shift 4; aiaccess "$@"; )
            {line} {more}
            """], Environment);
    }

    public string Take(string beginning)
    {
        var line = _left.Find(line => line.StartsWith(beginning, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"{page} has no command that begins with '{beginning}'.");
        _left.Remove(line);
        return line;
    }

    [GeneratedRegex("^```sh\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(" +# .*$")]
    private static partial Regex Comment();
}
