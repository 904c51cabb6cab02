using System.Text.Json;

namespace AiAccessProxy.Commands.Server;

/// <summary>Goes from page to page by itself, until there is enough or nothing more.</summary>
internal static class Pages
{
    public const int Usual = 100;

    /// <summary>What the server gives at most at once.</summary>
    private const int OnOnePage = 500;

    /// <summary>A search may give empty pages and go on; this many come to twenty million records.</summary>
    private const int Most = 1_000;

    /// <summary>Said beside a table that does not hold everything; null when it does.</summary>
    public static string? More(string? next) => next is null ? null : "There are more; --limit says how many are listed.";

    /// <param name="items">Name of the list in a page.</param>
    /// <returns>One page with everything in it, and where the next would begin.</returns>
    public static async Task<ApiAnswer> AllAsync(this ControlApi api, ApiQuery query, string items, int limit, CancellationToken cancellationToken)
    {
        var (found, next) = (new List<JsonElement>(), (string?)null);
        for (var page = 0; page < Most; page++)
        {
            var one = query.With("limit", $"{Math.Min(OnOnePage, limit - found.Count)}").With("cursor", next);
            var answer = await api.GetAsync(one, cancellationToken);
            if (answer is not ApiAnswer.Given(var body)) return answer;
            if (!body.TryGetProperty(items, out var list) || list.ValueKind != JsonValueKind.Array)
                return new ApiAnswer.Refused(ExitCode.Failed, $"the server's answer has no {items}; is it the control plane, and of this version?");
            found.AddRange(list.EnumerateArray());
            next = body.TryGetProperty("next", out var more) && more.ValueKind == JsonValueKind.String ? more.GetString() : null;
            if (next is null || found.Count >= limit) break;
        }

        return new ApiAnswer.Given(JsonSerializer.SerializeToElement(new Dictionary<string, object?> { [items] = found, ["next"] = next }));
    }
}
