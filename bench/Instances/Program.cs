using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Instances;

var held = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1000;
var count = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 2;
var votesAtOnce = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 4;
var folder = Directory.CreateTempSubdirectory("aiaccess-instances-").FullName;

// The upstream notes when a call arrives.
var arrived = new ConcurrentDictionary<string, long>();
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
await using var upstream = builder.Build();
upstream.Run(context =>
{
    arrived.TryAdd(context.Request.Path, Stopwatch.GetTimestamp());
    return context.Response.WriteAsync("ok");
});
await upstream.StartAsync();

var port = FreePort();
await using var redis = Child.Start("redis-server",
    ["--port", $"{port}", "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction"]);
await redis.LineAsync("Ready to accept connections");

var policies = Directory.CreateDirectory(Path.Combine(folder, "policies")).FullName;
await File.WriteAllTextAsync(Path.Combine(policies, "bench.yaml"), $$"""
    version: 1
    route: bench
    prefix: /bench
    environment: bench
    upstream: { url: "{{upstream.Urls.Single()}}" }
    default: deny
    rules:
      - id: write
        match: { methods: [POST], paths: ["/**"] }
        effect: require_approval
        summary: "Write"
        approval: { need: [{ approvals: 1, from: [group:reviewers] }], decide_within: 30m, use_within: 10m }

    """);
await File.WriteAllTextAsync(Path.Combine(policies, "agents.yaml"), $$"""
    version: 1
    agents:
      - { id: bot, owner: person:ada, keys: [{ id: k, sha256: "{{Sha256("aia_bot")}}" }] }

    """);
await File.WriteAllTextAsync(Path.Combine(policies, "people.yaml"), $$"""
    version: 1
    people:
      - { id: ada, name: Ada }
      - { id: grace, name: Grace, keys: [{ id: k, sha256: "{{Sha256("aip_grace")}}" }] }
    groups: { reviewers: [grace] }

    """);

var program = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../../src/AiAccessProxy/bin/Release/net10.0/aiaccess.dll"));
var proxies = new List<(Child Child, HttpClient Agents, HttpClient Console)>();
for (var i = 0; i < count; i++)
{
    var child = Child.Start("dotnet",
        [
            program, "serve", "--policies", policies, "--redis", $"127.0.0.1:{port}", "--gate:url", "http://127.0.0.1:0", "--control:url", "http://127.0.0.1:0",
            "--gate:hold", "10m", "--approvals:maxTicketsPerAgent", $"{held}", "--approvals:maxHeldPerAgent", $"{held}",
        ],
        ("AIACCESS__LEDGER__REDIS__SECRETS", new string('s', 44)));
    proxies.Add((child, Client(await child.LineAsync("agents "), "AiAccess-Token", "aia_bot"), Client(await child.LineAsync("console "), "Authorization", "Bearer aip_grace")));
}

// Held by all but the last, decided through the last.
var calls = Enumerable.Range(0, held).Select(i => proxies[i % (count - 1)].Agents.PostAsync(new Uri($"/bench/{i}", UriKind.Relative), JsonContent.Create(new { n = i }))).ToList();
var console = proxies[^1].Console;
var pending = new Dictionary<string, string>();
while (pending.Count < held)
{
    for (string? cursor = ""; cursor is not null;)
    {
        var page = await console.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/tickets?state=pending&limit=500{cursor}", UriKind.Relative));
        foreach (var ticket in page.GetProperty("tickets").EnumerateArray())
            pending[ticket.GetProperty("id").GetString()!] = ticket.GetProperty("action").GetProperty("target").GetString()!;
        cursor = page.TryGetProperty("next", out var next) && next.GetString() is { } place ? $"&cursor={Uri.EscapeDataString(place)}" : null;
    }
}

var asked = new ConcurrentDictionary<string, long>();
await Parallel.ForEachAsync(pending, new ParallelOptions { MaxDegreeOfParallelism = votesAtOnce }, async (ticket, stop) =>
{
    asked[ticket.Value] = Stopwatch.GetTimestamp();
    using var vote = await console.PostAsJsonAsync(new Uri($"/api/v1/tickets/{ticket.Key}/votes", UriKind.Relative), new { vote = "approve" }, stop);
    vote.EnsureSuccessStatusCode();
});
var answers = await Task.WhenAll(calls);
Console.WriteLine($"{answers.Count(answer => answer.IsSuccessStatusCode)} of {held} answered 200, {arrived.Count} arrived");
var waits = asked.Where(one => arrived.ContainsKey(one.Key)).Select(one => Stopwatch.GetElapsedTime(one.Value, arrived[one.Key]).TotalMilliseconds).Order().ToList();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"{count} instances, {votesAtOnce} votes at once: vote sent to the upstream's first byte p50 {waits[waits.Count / 2]:f1} ms, p99 {waits[waits.Count * 99 / 100]:f1} ms, worst {waits[^1]:f1} ms"));
foreach (var (child, _, _) in proxies) await child.DisposeAsync();
Directory.Delete(folder, recursive: true);

static HttpClient Client(string address, string name, string value)
{
    var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(address), Timeout = TimeSpan.FromMinutes(10) };
    client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
    return client;
}

static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

static int FreePort()
{
    using var listener = new TcpListener(IPAddress.Loopback, 0);
    listener.Start();
    return ((IPEndPoint)listener.LocalEndpoint).Port;
}
