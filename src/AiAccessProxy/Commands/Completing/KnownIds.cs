using System.CommandLine.Completions;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using AiAccessProxy.Commands.Server;

namespace AiAccessProxy.Commands.Completing;

/// <summary>Ids that a shell can complete, asked of the running server. Whatever fails, nothing is completed and nothing is said.</summary>
internal static partial class KnownIds
{
    private const string Root = "/api/v1/";

    /// <summary>Whoever presses the key waits for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    public static IEnumerable<CompletionItem> Tickets(CompletionContext context) => Of("tickets?limit=200", "tickets");

    public static IEnumerable<CompletionItem> Agents(CompletionContext context) => Of("agents?limit=200", "agents");

    public static IEnumerable<CompletionItem> People(CompletionContext context) => Of("people?limit=200", "people");

    public static IEnumerable<CompletionItem> KeysOf(string? agent) => agent is null ? [] : Of($"agents/{Uri.EscapeDataString(agent)}", "keys");

    private static IReadOnlyList<CompletionItem> Of(string path, string items)
    {
        if (ServerAddress.Read(out _) is not { } address) return [];
        try
        {
            using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = !address.Server.IsLoopback, ConnectTimeout = Patience };
            using var http = new HttpClient(handler) { Timeout = Patience };
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address.Server, Root + path));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", address.Token);
            using var response = http.Send(request);
            using var body = JsonDocument.Parse(response.Content.ReadAsStream());
            return response.IsSuccessStatusCode ? [.. IdsIn(body.RootElement.GetProperty(items)).Select(id => new CompletionItem(id))] : [];
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException or OperationCanceledException or IOException or JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return [];
        }
    }

    /// <summary>Only what looks like an id: shells give completions a meaning of their own.</summary>
    private static IEnumerable<string> IdsIn(JsonElement items) => items.EnumerateArray()
        .Select(item => item.GetProperty("id").GetString() ?? "")
        .Where(id => Id().IsMatch(id));

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z")]
    private static partial Regex Id();
}
