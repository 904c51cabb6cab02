namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>The proxy on folders of its own, with the cast of <see cref="PolicyFolder"/> around it.</summary>
internal sealed class World : IAsyncDisposable
{
    private const int LogLines = 40;

    private readonly Scratch _scratch;
    private readonly IReadOnlyList<string> _settings;
    private readonly List<IDisposable> _cast = [];

    private World(Scratch scratch, PolicyFolder policies, ProxyProcess proxy, IReadOnlyList<string> settings) =>
        (_scratch, Policies, Proxy, _settings) = (scratch, policies, proxy, settings);

    public PolicyFolder Policies { get; }

    public ProxyProcess Proxy { get; private set; }

    /// <summary>The ledger's folder.</summary>
    public string Data => DataIn(_scratch);

    public Story Story => new(Data);

    public static string DataIn(Scratch scratch) => scratch.Folder("data");

    public static async Task<World> StartAsync(Action<PolicyFolder> rules, params string[] settings)
    {
        var world = await StartInAsync(new Scratch(), rules, settings);
        world._cast.Add(world._scratch);
        return world;
    }

    /// <summary>In a folder that its maker cleans up.</summary>
    public static async Task<World> StartInAsync(
        Scratch scratch, Action<PolicyFolder> rules, IReadOnlyList<string> settings, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var policies = new PolicyFolder(scratch.Folder("policies"));
        rules(policies);
        return new(scratch, policies, await ProxyProcess.StartAsync(policies.Path, DataIn(scratch), settings, environment), settings);
    }

    public Agent Agent(Key? key = null) => Known(new Agent(Proxy.Agents, key ?? Policies.Bot));

    public Reviewer Reviewer(string person) => Known(new Reviewer(Proxy.Console, person, Policies.KeyOf(person)));

    /// <summary>Starts the proxy again on the same folders. Addresses change: agents and reviewers have to be asked for anew.</summary>
    public async Task RestartAsync()
    {
        await Proxy.DisposeAsync();
        Proxy = await ProxyProcess.StartAsync(Policies.Path, Data, _settings);
    }

    public async ValueTask DisposeAsync()
    {
        var log = Proxy.Log.Split('\n').Where(line => !line.Contains("\"level\":\"info\"", StringComparison.Ordinal)).Take(LogLines);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', log));
        await Proxy.DisposeAsync();
        lock (_cast)
            foreach (var member in Enumerable.Reverse(_cast)) member.Dispose();
    }

    private T Known<T>(T member)
        where T : IDisposable
    {
        lock (_cast) _cast.Add(member);
        return member;
    }
}
