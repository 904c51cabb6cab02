using AiAccessProxy.Tests.Ledger.Redis;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>Several proxies on one Redis, with one policy folder and the cast of <see cref="PolicyFolder"/> around them.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private const int LogLines = 40;
    private const int MostStarts = 10;

    private readonly Scratch _scratch = new();
    private readonly List<IDisposable> _cast = [];
    private readonly List<ProxyProcess> _all = [];
    private readonly IReadOnlyList<string> _settings;
    private readonly Dictionary<string, string?> _environment = new() { ["AIACCESS__LEDGER__REDIS__SECRETS"] = Key.New().Text };

    private Fleet(RedisServer redis, IReadOnlyList<string> settings) =>
        (Redis, Policies, _settings) = (redis, new(_scratch.Folder("policies")), settings);

    public RedisServer Redis { get; }

    public PolicyFolder Policies { get; }

    /// <summary>Where proxies that are added from now on find Redis; null for Redis itself.</summary>
    public string? Through { get; set; }

    /// <summary>By the order of their starts; one that was killed keeps its place.</summary>
    public IReadOnlyList<ProxyProcess> Proxies => _all;

    public static async Task<Fleet> StartAsync(int count, Action<PolicyFolder> rules, params string[] settings)
    {
        var fleet = new Fleet(await RedisServer.StartAsync(), settings);
        try
        {
            rules(fleet.Policies);
            for (var i = 0; i < count; i++) await fleet.AddAsync();
            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    /// <summary>One more.</summary>
    /// <param name="policies">Its own folder, for one that is to differ.</param>
    public async Task<ProxyProcess> AddAsync(string? policies = null)
    {
        for (var starts = 1; ; starts++)
        {
            try
            {
                var proxy = await ProxyProcess.StartAsync(
                    policies ?? Policies.Path, _scratch.Folder($"data-{_all.Count}"), ["--redis", Through ?? Redis.Address, .. _settings], _environment);
                _all.Add(proxy);
                return proxy;
            }
            catch (InvalidOperationException refused) when (starts < MostStarts && refused.Message.Contains("aiaccess: Redis", StringComparison.Ordinal))
            {
                // On a machine that is out of breath Redis does not answer in time; whoever runs it starts it again.
            }
        }
    }

    public Agent Agent(int instance, Key? key = null) => Known(new Agent(_all[instance].Agents, key ?? Policies.Bot));

    public Reviewer Reviewer(int instance, string person) => Known(new Reviewer(_all[instance].Console, person, Policies.KeyOf(person)));

    public async ValueTask DisposeAsync()
    {
        foreach (var proxy in _all)
        {
            var log = proxy.Log.Split('\n').Where(line => !line.Contains("\"level\":\"info\"", StringComparison.Ordinal)).TakeLast(LogLines);
            TestContext.Current.TestOutputHelper?.WriteLine($"{proxy.Agents} {proxy.Standing}\n{string.Join('\n', log)}");
            await proxy.DisposeAsync();
        }

        lock (_cast)
            foreach (var member in Enumerable.Reverse(_cast)) member.Dispose();
        await Redis.DisposeAsync();
        _scratch.Dispose();
    }

    private T Known<T>(T member)
        where T : IDisposable
    {
        lock (_cast) _cast.Add(member);
        return member;
    }
}
