using System.Text;
using AiAccessProxy.Bypass.Harness;

namespace AiAccessProxy.Bypass.Ordinary;

/// <summary>
/// Reads the <c>*.http</c> files beside this one. <c>@client</c> and the fields under it are what that client sends with each of its calls; a call
/// is <c>METHOD @client target</c>, its own fields and <c>| body</c> below it, indented. In bodies <c>⏎</c> stands for CR LF and <c>↵</c> for LF.
/// </summary>
internal static class OrdinaryCalls
{
    public static string Folder { get; } = Path.Combine(Built.Root, "tests", "AiAccessProxy.Bypass", "Ordinary");

    public static IReadOnlyList<OrdinaryCall> All { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.http").Order(StringComparer.Ordinal).SelectMany(Read)];

    private static IEnumerable<OrdinaryCall> Read(string file)
    {
        var api = Path.GetFileNameWithoutExtension(file);
        var lines = File.ReadAllLines(file);
        var clients = new Dictionary<string, List<(string Name, string Value)>>();
        var at = 0;
        while (at < lines.Length)
        {
            var start = at++;
            if (lines[start].Length == 0) continue;
            if (lines[start][0] == '@')
            {
                var fields = clients[lines[start]] = [];
                while (at < lines.Length && lines[at].Length > 0) fields.Add(Field(lines[at++]));
                continue;
            }

            var call = lines[start].Split(' ');
            List<(string Name, string Value)> headers = [.. clients[call[1]]];
            byte[]? body = null;
            for (; at < lines.Length && lines[at].StartsWith("  ", StringComparison.Ordinal); at++)
            {
                if (lines[at].StartsWith("  | ", StringComparison.Ordinal)) body = Encoding.UTF8.GetBytes(lines[at][4..].Replace("⏎", "\r\n", StringComparison.Ordinal).Replace('↵', '\n'));
                else headers.Add(Field(lines[at].Trim()));
            }

            yield return new(api, call[1][1..], start + 1, new(call[0], call[2], headers, body));
        }
    }

    private static (string Name, string Value) Field(string line) => (line[..line.IndexOf(':', StringComparison.Ordinal)], line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].TrimStart());
}
