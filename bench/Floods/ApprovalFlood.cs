using System.Text;

namespace Floods;

/// <summary>One agent that asks for approvals without end, most of them beyond what it may have pending.</summary>
internal static class ApprovalFlood
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private static int _calls;

    public static async Task RunAsync(Uri proxy, Trust trust, string key, Counters counters, Action began)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, SslOptions = trust.For(proxy.Host) }) { BaseAddress = proxy };
        client.DefaultRequestHeaders.Add("AiAccess-Token", key);
        client.DefaultRequestHeaders.Add("Prefer", "respond-async");
        while (true)
        {
            using var body = new StringContent($$"""{"n":{{Interlocked.Increment(ref _calls)}}}""", Encoding.UTF8, "application/json");
            using var answer = await client.PostAsync(new Uri("/bench/v1/things", UriKind.Relative), body);
            counters.Sent();
            began();
            await Task.Delay(Pause, TimeProvider.System);
        }
    }
}
