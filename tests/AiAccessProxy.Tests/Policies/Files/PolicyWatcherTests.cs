using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Files;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Tests.Policies.Files;

/// <summary>What is in force while the files change. The clock is moved by hand: hints and polls are told apart from real time.</summary>
public sealed class PolicyWatcherTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("policies-").FullName;
    private readonly ManualTime _time = new();
    private readonly PolicyStore _store;
    private readonly PolicyWatcher _watcher;

    public PolicyWatcherTests()
    {
        Write("agents.yaml", Some.AgentsYaml);
        Write("people.yaml", Some.PeopleYaml);
        Write("api.yaml", Route("allow"));
        _store = new(Assert.IsType<PolicyLoad.Loaded>(PolicyFiles.Load(_folder)).Snapshot);
        _watcher = new(_store, Options.Create(new PolicyOptions { Folder = _folder }), _time, NullLogger<PolicyWatcher>.Instance);
    }

    private Effect InForce => _store.Current.Routes[0].RulesById[0].Effect;

    [Fact]
    public async Task The_first_snapshot_is_announced_before_anything_starts_and_the_start_fails_when_it_cannot_be()
    {
        var announced = new List<string>();
        _store.BeforeSwap = (next, _) =>
        {
            announced.Add(next.Hash);
            return ValueTask.CompletedTask;
        };
        await _watcher.StartAsync(CancellationToken.None);
        Assert.Equal([_store.Current.Hash], announced);
        await _watcher.StopAsync(CancellationToken.None);

        _store.BeforeSwap = (_, _) => throw new InvalidOperationException("the ledger is gone");
        await Assert.ThrowsAsync<InvalidOperationException>(() => _watcher.StartAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_change_is_taken_over_whole_and_a_wrong_one_is_not()
    {
        var refusals = new List<PolicyRefusal>();
        _store.OnRefusal = (refusal, _) =>
        {
            lock (refusals) refusals.Add(refusal);
            return ValueTask.CompletedTask;
        };
        await _watcher.StartAsync(CancellationToken.None);

        Write("api.yaml", Route("deny"));
        await UntilAsync(() => InForce == Effect.Deny);

        Write("api.yaml", Route("alow"));
        await UntilAsync(() => _store.LastRefusal is not null);
        Assert.Equal(Effect.Deny, InForce);
        Assert.Equal("rule one", $"rule {Assert.Single(_store.LastRefusal!.Problems).Rule}");

        Write("api.yaml", Route("deny"));
        await UntilAsync(() => _store.LastRefusal is null);
        Assert.Equal(Effect.Deny, InForce);
        Assert.Single(refusals);
    }

    [Fact]
    public async Task What_cannot_be_announced_does_not_come_into_force_and_is_tried_again()
    {
        await _watcher.StartAsync(CancellationToken.None);
        var tries = 0;
        _store.BeforeSwap = (_, _) => Interlocked.Increment(ref tries) < 3 ? throw new InvalidOperationException("the ledger is gone") : ValueTask.CompletedTask;
        Write("api.yaml", Route("deny"));
        await UntilAsync(() => Volatile.Read(ref tries) > 0);
        if (Volatile.Read(ref tries) < 3) Assert.Equal(Effect.Allow, InForce);
        await UntilAsync(() => InForce == Effect.Deny);
        Assert.Equal(3, tries);
    }

    [Fact]
    public async Task A_folder_that_is_swapped_by_a_link_is_noticed_by_looking()
    {
        // As Kubernetes mounts a ConfigMap: the files are links through ..data, which is replaced.
        var (mount, old, young) = (Path.Combine(_folder, "mount"), Path.Combine(_folder, "old"), Path.Combine(_folder, "young"));
        foreach (var (folder, effect) in new[] { (old, "allow"), (young, "deny") })
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "agents.yaml"), Some.AgentsYaml);
            File.WriteAllText(Path.Combine(folder, "people.yaml"), Some.PeopleYaml);
            File.WriteAllText(Path.Combine(folder, "api.yaml"), Route(effect));
        }

        Directory.CreateDirectory(mount);
        var data = Path.Combine(mount, "..data");
        Directory.CreateSymbolicLink(data, old);
        foreach (var name in new[] { "agents.yaml", "people.yaml", "api.yaml" }) File.CreateSymbolicLink(Path.Combine(mount, name), Path.Combine("..data", name));

        using var watcher = new PolicyWatcher(_store, Options.Create(new PolicyOptions { Folder = mount }), _time, NullLogger<PolicyWatcher>.Instance);
        await watcher.StartAsync(CancellationToken.None);
        Assert.Equal(Effect.Allow, InForce);
        Directory.Delete(data);
        Directory.CreateSymbolicLink(data, young);
        await UntilAsync(() => InForce == Effect.Deny);
        await watcher.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Somebody_who_left_a_group_has_left_it_after_one_look_where_nothing_gives_a_hint()
    {
        var mount = Directory.CreateDirectory(Path.Combine(_folder, "mount")).FullName;
        foreach (var name in new[] { "agents.yaml", "people.yaml", "api.yaml" })
            File.CreateSymbolicLink(Path.Combine(mount, name), Path.Combine(_folder, name));
        using var watcher = new PolicyWatcher(_store, Options.Create(new PolicyOptions { Folder = mount }), _time, NullLogger<PolicyWatcher>.Instance);
        await watcher.StartAsync(CancellationToken.None);
        Assert.True(_store.Current.People.Matches("group:finance", "grace"));
        await WaitsAsync();

        Write("people.yaml", Some.PeopleYaml.Replace("[ada, grace]", "[ada]", StringComparison.Ordinal)); // what the link points to
        _time.Advance(TimeSpan.FromSeconds(1));

        await OnceAsync(() => !_store.Current.People.Matches("group:finance", "grace"));
        await watcher.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_hint_is_heard_however_long_nothing_happened_before_it()
    {
        await _watcher.StartAsync(CancellationToken.None);
        for (var i = 0; i < 30; i++)
        {
            await WaitsAsync();
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        await WaitsAsync();
        Write("api.yaml", Route("deny"));
        // No second passes: only the quiet after a hint, which begins when the hint is heard.
        var quiet = TimeSpan.FromMilliseconds(200);
        await OnceAsync(() => _time.NextDue <= _time.GetUtcNow() + quiet);
        _time.Advance(quiet);
        await OnceAsync(() => InForce == Effect.Deny);
    }

    [Fact]
    public async Task A_secret_that_changed_in_its_file_is_taken_over()
    {
        var secret = Path.Combine(_folder, "secret.txt");
        File.WriteAllText(secret, "first\n");
        Write("api.yaml", Route("allow") + $"\ncredentials: {{ a: {{ type: header, name: X-Key, value: \"${{file:{secret}}}\" }} }}\ncredential: a\n");
        await _watcher.StartAsync(CancellationToken.None);
        Assert.Equal("first", _store.Current.Routes[0].Credential?.Secret);
        var hash = _store.Current.Hash;

        File.WriteAllText(secret, "second\n");
        await UntilAsync(() => _store.Current.Routes[0].Credential?.Secret == "second");
        Assert.Equal(hash, _store.Current.Hash);
    }

    public async ValueTask DisposeAsync()
    {
        await _watcher.StopAsync(CancellationToken.None);
        _watcher.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Route(string effect) => Some.RouteYaml($"- {{ id: one, effect: {effect}, match: {{ paths: [\"/**\"] }} }}");

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);

    /// <summary>Until the watcher waits by the clock: what it looks at before, it has looked at.</summary>
    private Task WaitsAsync() => OnceAsync(() => _time.NextDue is not null);

    /// <summary>Waits, while the clock stands still.</summary>
    private static async Task OnceAsync(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!holds())
        {
            Assert.False(limit.IsCancellationRequested, "it did not come about");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Moves the clock on, step by step, until it is so.</summary>
    private async Task UntilAsync(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!holds())
        {
            Assert.False(limit.IsCancellationRequested, "it did not come about");
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
