using System.Globalization;
using StackExchange.Redis;

namespace AiAccessProxy.Ledger.Redis;

/// <summary>How the store stood at the moment of an answer.</summary>
/// <param name="Now">The ledger's clock, which never goes back, in microseconds since 1970.</param>
/// <param name="Server">The server's own clock.</param>
/// <param name="Run">The server's <c>run_id</c>; empty when it was not asked for.</param>
/// <param name="Last">The last position.</param>
internal readonly record struct Tip(long Now, long Server, string Run, long Last)
{
    /// <summary>The four texts from <paramref name="at"/> on.</summary>
    public static Tip Of(RedisResult[] answer, int at) => new(
        Number(answer[at]), Number(answer[at + 1]), (string)answer[at + 2] ?? "", Number(answer[at + 3]));

    private static long Number(RedisResult text) => long.Parse((string)text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
