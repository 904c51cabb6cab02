using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AiAccessProxy.Bypass.Harness;

namespace AiAccessProxy.Bypass.Fuzz;

/// <summary>
/// The calls that took a way of their own, one a file: method and target, header fields, an empty line, the body. <c>\xNN</c> is a byte.
/// </summary>
internal static class Corpus
{
    public static string Folder { get; } = Path.Combine(Built.Root, "tests", "AiAccessProxy.Bypass", "Fuzz", "Corpus");

    public static IReadOnlyList<Spelling> All { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.txt").Order(StringComparer.Ordinal).Select(file => Read(File.ReadAllText(file)))];

    /// <summary>Named after the way that the call took, so that a later call by the same way takes the place of this one.</summary>
    public static string NameOf(string signature) =>
        $"{new string([.. string.Join('-', signature.Split(' ').Take(3)).ToLowerInvariant().Where(one => char.IsAsciiLetterOrDigit(one) || one == '-')])}-"
        + $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(signature)))[..8]}.txt";

    /// <summary>One call a way from here on: what took a way that another one takes by now is gone.</summary>
    public static void Replace(IReadOnlyDictionary<string, Spelling> ways)
    {
        foreach (var file in Directory.EnumerateFiles(Folder, "*.txt").ToList()) File.Delete(file);
        foreach (var (way, call) in ways) File.WriteAllText(Path.Combine(Folder, NameOf(way)), Write(call));
    }

    public static string Write(Spelling call)
    {
        var text = new StringBuilder($"{Escaped(call.Method)} {Escaped(call.Target)}\n");
        foreach (var (name, value) in call.Headers) text.Append(CultureInfo.InvariantCulture, $"{Escaped(name)}: {Escaped(value)}\n");
        if (call.Body is { } body) text.Append(CultureInfo.InvariantCulture, $"\n{Escaped(Encoding.Latin1.GetString(body))}\n");
        return text.ToString();
    }

    public static Spelling Read(string text)
    {
        var lines = text.TrimEnd('\n').Split('\n');
        var empty = text.IndexOf("\n\n", StringComparison.Ordinal);
        var fields = lines.Skip(1).TakeWhile(line => line.Length > 0).Select(line => line.Split(": ", 2)).Select(field => (Plain(field[0]), Plain(field[^1])));
        var first = lines[0].Split(' ', 2);
        return new(Plain(first[0]), Plain(first[1]), [.. fields], empty < 0 ? null : Encoding.Latin1.GetBytes(Plain(text[(empty + 2)..^1])));
    }

    public static string Escaped(string text) =>
        string.Concat(text.Select(one => one is > ' ' and <= '~' and not '\\' ? $"{one}" : $"\\x{(int)one:X2}"));

    public static string Plain(string text)
    {
        var plain = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '\\') plain.Append(text[at]);
            else plain.Append((char)int.Parse(text.AsSpan((at += 3) - 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        }

        return plain.ToString();
    }
}
