using System.IO.Compression;
using System.Text;

namespace AiAccessProxy.Bypass.Models;

/// <summary>An upstream with some habits: from the very bytes that a request came in to the action that it would perform.</summary>
internal sealed record UpstreamModel(Habit Habits)
{
    private static readonly string[] MethodHeaders = ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"];

    private static readonly string[] UrlHeaders =
        ["X-Original-URL", "X-Rewrite-URL", "X-Original-URI", "X-Forwarded-Uri", "X-Forwarded-Path", "X-Original-Path", "X-Override-URL", "X-Forwarded-URL"];

    private static readonly Habit[] Each = [.. Enum.GetValues<Habit>().Where(habit => habit != Habit.None)];

    /// <summary>One without habits, one with each, one with each two, and one with all that can come together.</summary>
    public static IReadOnlyList<UpstreamModel> All { get; } =
    [
        .. new[] { Habit.None }
            .Concat(Each)
            .Concat(Each.SelectMany(first => Each.Where(second => second > first).Select(second => first | second)))
            .Append(Each.Aggregate((all, habit) => all | habit) & ~(Habit.SplitsBeforeDecoding | Habit.ResolvesDotsRawOnly | Habit.TakesLast))
            .Append(Each.Aggregate((all, habit) => all | habit) & ~(Habit.SplitsBeforeDecoding | Habit.ResolvesDotsRawOnly))
            .Append(Each.Aggregate((all, habit) => all | habit) & ~Habit.ResolvesDotsRawOnly)
            .Select(habits => new UpstreamModel(habits)),
    ];

    public SeenAction See(RawRequest request)
    {
        var line = request.Line;
        var (first, last) = (line.IndexOf(' '), line.LastIndexOf(' '));
        return See(line[..first], first < last ? line[(first + 1)..last] : "", request.Headers, request.Body);
    }

    public SeenAction See(string method, string target, IReadOnlyList<(string Name, string Value)> headers, byte[] body)
    {
        var header = FieldsSeen.Headers(headers, Habits);
        if (Has(Habit.HonoursUrlOverrides)) target = UrlHeaders.Select(header).FirstOrDefault(value => value is not null) ?? target;
        target = WithoutOrigin(target).Split('#')[0];
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var query = FieldsSeen.Parameters(question < 0 ? "" : target[(question + 1)..], Habits);

        var mediaType = header("Content-Type") ?? "";
        var plain = Inflated(body, header("Content-Encoding") ?? "");
        var isForm = mediaType.Contains("form-urlencoded", StringComparison.OrdinalIgnoreCase) || (Has(Habit.ReadsBodiesLeniently) && mediaType.Length == 0);
        var form = FieldsSeen.Parameters(isForm ? Encoding.Latin1.GetString(plain) : "", Habits);
        if (Has(Habit.HonoursMethodOverrides))
            method = MethodHeaders.Select(header).FirstOrDefault(value => value is not null) ?? query("_method") ?? Asked(method, form) ?? method;
        return new(
            Has(Habit.FoldsCase) || Has(Habit.HonoursMethodOverrides) ? method.Trim().ToUpperInvariant() : method,
            PathSeen.Of(question < 0 ? target : target[..question], Habits), query, header, JsonSeen.Of(mediaType, plain, Habits), form);
    }

    public override string ToString() => Habits.ToString();

    private bool Has(Habit habit) => (Habits & habit) != 0;

    /// <summary>Only a POST has a form that may ask to be taken for something else: Rails, Symfony, Laravel, Spring and Express agree.</summary>
    private static string? Asked(string method, Func<string, string?> form) => method.Equals("POST", StringComparison.OrdinalIgnoreCase) ? form("_method") : null;

    private static string WithoutOrigin(string target)
    {
        var scheme = target.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0 || target.StartsWith('/')) return target.StartsWith('/') ? target : $"/{target}";
        var path = target.IndexOf('/', scheme + 3);
        return path < 0 ? "/" : target[path..];
    }

    private static byte[] Inflated(byte[] body, string coding)
    {
        using var packed = new MemoryStream(body);
        using Stream? opened = coding.Trim().ToLowerInvariant() switch
        {
            "gzip" or "x-gzip" => new GZipStream(packed, CompressionMode.Decompress),
            "deflate" => new ZLibStream(packed, CompressionMode.Decompress),
            "br" => new BrotliStream(packed, CompressionMode.Decompress),
            _ => null,
        };
        if (opened is null) return body;
        using var plain = new MemoryStream();
        try
        {
            opened.CopyTo(plain);
            return plain.ToArray();
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException or InvalidOperationException)
        {
            return body;
        }
    }
}
