using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Instances;

const int WarmUp = 50;
var held = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1000;
var count = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 2;
var votesAtOnce = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 4;
int? votesASecond = args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : null;
var folder = Directory.CreateTempSubdirectory("aiaccess-instances-").FullName;

// The upstream notes when a call arrives.
var arrived = new ConcurrentDictionary<string, long>();
var twice = new ConcurrentBag<string>();
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
await using var upstream = builder.Build();
upstream.Run(context =>
{
    if (!arrived.TryAdd(context.Request.Path, Micros.Now)) twice.Add(context.Request.Path);
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
            "--gate:hold", "10m", "--approvals:maxTicketsPerAgent", $"{held + WarmUp}", "--approvals:maxHeldPerAgent", $"{held + WarmUp}",
        ],
        ("AIACCESS__LEDGER__REDIS__SECRETS", new string('s', 44)));
    proxies.Add((child, Client(await child.LineAsync("agents "), "AiAccess-Token", "aia_bot"), Client(await child.LineAsync("console "), "Authorization", "Bearer aip_grace")));
}

// Held by all but the last, decided through the last; the first ones warm everything up, and are not counted.
var load = new Load([.. proxies.Take(Math.Max(1, count - 1)).Select(proxy => proxy.Agents)], proxies[^1].Console);
await load.ReleaseAsync(await load.HoldAsync("warm-up", WarmUp), votesAtOnce, null);

var calls = await load.HoldAsync("counted", held);
var cli = new RedisCli(port);
await cli.AskAsync("CONFIG", "RESETSTAT");
var processes = proxies.Select((proxy, at) => ($"instance {at + 1}", proxy.Child)).Append(("redis", redis)).ToList();
var before = processes.ConvertAll(one => one.Item2.Used);
var result = await load.ReleaseAsync(calls, votesAtOnce, votesASecond);
var used = processes.Zip(before, (one, was) => $"{one.Item1} {(one.Item2.Used - was).TotalMilliseconds / held:f2}").ToList();

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Answered} of {held} answered 200, {arrived.Keys.Count(path => path.Contains("counted", StringComparison.Ordinal))} arrived, none twice: {twice.IsEmpty}"));
var stored = await cli.EdgesAsync();
var all = result.Asked.Where(one => arrived.ContainsKey(one.Key) && stored.ContainsKey(one.Key)).ToList();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} instances, {votesAtOnce} votes at once{(votesASecond is { } pace ? $", {pace} a second" : "")}: {held / result.Took.TotalSeconds:f0} approved calls a second"));
Say("vote sent to the upstream's first byte", one => arrived[one.Key] - one.Value);
Say("  vote sent to its commit in Redis", one => stored[one.Key].Voted - one.Value);
Say("  that to the commit of executing", one => stored[one.Key].Executing - stored[one.Key].Voted);
Say("  that to the upstream's first byte", one => arrived[one.Key] - stored[one.Key].Executing);
Console.WriteLine($"processor, ms a call: {string.Join(", ", used)}");
Console.WriteLine($"commands a call, and µs each: {string.Join(", ", await cli.CommandsAsync(held))}");

void Say(string what, Func<KeyValuePair<string, long>, long> micros)
{
    var sorted = all.Select(micros).Order().ToList();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{what}: p50 {sorted[sorted.Count / 2] / 1e3:f1} ms, p99 {sorted[sorted.Count * 99 / 100] / 1e3:f1} ms, worst {sorted[^1] / 1e3:f1} ms"));
}

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
