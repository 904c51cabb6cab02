using System.Net.Http.Json;
using System.Text.Json;

namespace AiAccessProxy.Commands.Demo;

/// <summary>
/// A scripted agent. It knows the address of an API and a key, and nothing of approval but what the answers say: told that a call is
/// pending, it repeats the identical call.
/// </summary>
internal sealed class SampleAgent(HttpClient api, TextWriter output)
{
    public const string Url = "AIACCESS_DEMO_API";
    public const string Key = "AIACCESS_DEMO_KEY";

    public static async Task<int> RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        // A privileged call is held; how long is the proxy's to say.
        using var api = new HttpClient { BaseAddress = new Uri(Environment.GetEnvironmentVariable(Url)!), Timeout = Timeout.InfiniteTimeSpan };
        api.DefaultRequestHeaders.Add("AiAccess-Token", Environment.GetEnvironmentVariable(Key));
        return await new SampleAgent(api, output).WorkAsync(cancellationToken);
    }

    private async Task<int> WorkAsync(CancellationToken cancellationToken)
    {
        await CallAsync(HttpMethod.Get, "v1/users", null, cancellationToken);
        await CallAsync(HttpMethod.Get, "v1/deployments", null, cancellationToken);
        var export = new { table = "customers", format = "csv" };
        while (true)
        {
            output.WriteLine("POST v1/exports (customers, all rows) ...");
            var (status, answer) = await CallAsync(HttpMethod.Post, "v1/exports", export, cancellationToken);
            if (status is >= 200 and < 300) return ExitCode.Done;
            if (!IsPending(answer)) return ExitCode.Refused;
        }
    }

    private async Task<(int Status, JsonElement Answer)> CallAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (body is not null) request.Headers.Add("AiAccess-Reason", "The monthly report needs every customer.");
        using var response = await api.SendAsync(request, cancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        output.WriteLine($"{method} {path} -> {(int)response.StatusCode} {Told(answer)}");
        return ((int)response.StatusCode, answer);
    }

    /// <summary>What the proxy's problem says in words, or else the API's own answer.</summary>
    private static string Told(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("detail", out var detail) ? detail.ToString() : answer.GetRawText();

    private static bool IsPending(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("type", out var type)
        && type.ToString().EndsWith("approval-pending", StringComparison.Ordinal);
}
