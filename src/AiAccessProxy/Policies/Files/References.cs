using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace AiAccessProxy.Policies.Files;

/// <summary>Puts in what values refer to: <c>${env:NAME}</c> and <c>${file:/path}</c>. What they hold is never told in a problem.</summary>
internal sealed partial class References(Func<string, string?> environment)
{
    private const string StandIn = "stand-in";

    private const int LongestFile = 64 * 1024;

    private readonly SortedDictionary<string, string> _resolved = new(StringComparer.Ordinal);

    /// <summary>When set, what is not there is put in here by its name, and a text that is no secret stands for it.</summary>
    public ISet<string>? Missing { get; init; }

    /// <summary>Null with <paramref name="problem"/> when something cannot be put in.</summary>
    public string? Resolve(string text, out (string Message, string Remedy)? problem)
    {
        (string Message, string Remedy)? found = null;
        problem = null;
        if (!text.Contains("${", StringComparison.Ordinal)) return text;

        var result = Reference().Replace(text, match =>
        {
            var value = match.Groups["kind"].Value switch
            {
                "env" => OfEnvironment(match.Groups["name"].Value, ref found),
                "file" => OfFile(match.Groups["name"].Value, ref found),
                _ => Unknown(match.Value, ref found),
            };
            if (value is not null) _resolved[match.Value] = value;
            return value ?? "";
        });
        problem = found;
        return found is null ? result : null;
    }

    /// <summary>Hash over everything that was put in, to notice a change of it.</summary>
    public string Stamp() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Concat(_resolved.Select(pair => $"{pair.Key.Length}:{pair.Key}{pair.Value.Length}:{pair.Value}")))));

    private string? OfEnvironment(string name, ref (string, string)? problem)
    {
        if (environment(name) is { Length: > 0 } value) return value;
        return Absent($"environment variable {name}") is { } standIn
            ? standIn
            : Problem(ref problem, $"environment variable {name} is not set", "set it before the start, or correct its name");
    }

    private string? OfFile(string path, ref (string, string)? problem)
    {
        if (!Path.IsPathRooted(path))
        {
            problem ??= ($"file {path} is not an absolute path", "write the path from the root: ${file:/run/secrets/name}");
            return null;
        }

        try
        {
            var bytes = BoundedFile.Read(path, LongestFile);
            // Secrets kept in files commonly end in a line break that is not part of them.
            if (bytes is not null) return new UTF8Encoding(false, true).GetString(bytes).TrimEnd('\r', '\n');
            return Problem(ref problem, $"file {path} has more than {LongestFile / 1024} KiB", "refer to a file that holds the value alone");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            return Absent($"file {path}") is { } standIn
                ? standIn
                : Problem(ref problem, $"file {path} cannot be read", "see that it exists, is UTF-8 and may be read by this process");
        }
    }

    private string? Absent(string what)
    {
        if (Missing is null) return null;
        Missing.Add(what);
        return StandIn;
    }

    private static string? Problem(ref (string, string)? problem, string message, string remedy)
    {
        problem ??= (message, remedy);
        return null;
    }

    private static string? Unknown(string reference, ref (string, string)? problem)
    {
        problem ??= ($"{Wording.ValueText.Safe(reference)} is no reference", "known are ${env:NAME} and ${file:/path}");
        return null;
    }

    [GeneratedRegex(@"\$\{(?:(?<kind>env|file):(?<name>[^${}\s]+)\}|[^}]*\}?)", RegexOptions.NonBacktracking)]
    private static partial Regex Reference();
}
