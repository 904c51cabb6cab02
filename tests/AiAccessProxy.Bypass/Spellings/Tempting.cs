using System.Text;
using AiAccessProxy.Bypass.Grounds;
using AiAccessProxy.Bypass.Harness;
using AiAccessProxy.Bypass.Models;

namespace AiAccessProxy.Bypass.Spellings;

/// <summary>Keeps of many spellings, each once, those that some upstream would take for a privileged action if they reached it as they are.</summary>
internal static class Tempting
{
    /// <summary>Of so many candidates one at least is worth a try, or the generator is broken.</summary>
    private const int Candidates = 400;

    public static IReadOnlyList<Spelling> Take(Ground ground, IEnumerable<Spelling> spellings, int count)
    {
        var kept = spellings.Take(count * Candidates).Where(spelling => IsPlain(spelling) && Tempts(ground, spelling))
            .DistinctBy(spelling => spelling.ToString()).Take(count).ToList();
        Assert.Equal(count, kept.Count);
        return kept;
    }

    // A server that splits the message at a line end reads another one: those belong to the framing corpus, and to nobody's volley.
    public static bool IsPlain(Spelling spelling) =>
        !$"{spelling.Method}{spelling.Target}".AsSpan().ContainsAny('\r', '\n') && !spelling.Headers.Any(header => header.Value.Contains("\r\n\r\n", StringComparison.Ordinal));

    private static bool Tempts(Ground ground, Spelling spelling)
    {
        var prefix = $"/{ground.Name}";
        if (!spelling.Target.StartsWith(prefix, StringComparison.Ordinal)) return true;
        var target = spelling.Target[prefix.Length..];
        var body = spelling.Body ?? [];
        return UpstreamModel.All.Any(model => ground.Counts(model) && ground.IsPrivileged(model.See(spelling.Method, target, spelling.Headers, body)));
    }

    /// <summary>A character for each byte of UTF-8.</summary>
    public static string Bytes(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    public static T Pick<T>(this Random chance, params IReadOnlyList<T> from) => from[chance.Next(from.Count)];
}
