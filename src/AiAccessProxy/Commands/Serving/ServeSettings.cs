using System.Collections;
using AiAccessProxy.Settings;

namespace AiAccessProxy.Commands.Serving;

/// <summary>Settings as the command line gives them.</summary>
internal sealed record ServeSettings(IReadOnlyDictionary<string, string?> CommandLine, IReadOnlyList<string> Problems)
{
    /// <param name="tokens">What the command line holds beyond named options: <c>--section:key value</c> or <c>--section:key=value</c>.</param>
    /// <param name="named">Named options; null values were not given.</param>
    public static ServeSettings From(IReadOnlyList<string> tokens, IReadOnlyDictionary<string, string?> named)
    {
        var settings = named.Where(pair => pair.Value is not null).ToDictionary(StringComparer.OrdinalIgnoreCase);
        var problems = new List<string>();
        for (var i = 0; i < tokens.Count; i++)
        {
            var (token, equals) = (tokens[i], tokens[i].IndexOf('='));
            var name = equals < 0 ? token : token[..equals];
            if (!name.StartsWith("--", StringComparison.Ordinal) || name.Length == 2)
                problems.Add($"'{token}' is not understood; settings are given as --section:key value, and 'aiaccess serve --help' lists the options");
            else if (equals >= 0)
                settings[name[2..]] = token[(equals + 1)..];
            else if (i + 1 < tokens.Count)
                settings[name[2..]] = tokens[++i];
            else
                problems.Add($"{name} has no value; write {name} value");
        }

        return new(settings, problems);
    }

    /// <summary>This folder's file and this process's environment, and over them the command line.</summary>
    public SettingsSources Sources() => new(
        Directory.GetCurrentDirectory(),
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(pair => (string)pair.Key, pair => (string?)pair.Value ?? "", StringComparer.Ordinal),
        CommandLine);
}
