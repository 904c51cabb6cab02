using System.Text;
using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Redis;

namespace AiAccessProxy.Tests.Ledger.Redis;

/// <summary>A ledger of a test's own in Redis, those that others open on it, and somebody who writes there behind their backs.</summary>
internal sealed class AttackedStore : IDisposable
{
    private readonly RedisHome _home;
    private readonly List<IDisposable> _open = [];

    private AttackedStore(RedisHome home) => (_home, Prefix) = (home, home.NewPrefix());

    public string Prefix { get; }

    /// <summary>The one that was there from the beginning.</summary>
    public RedisLedger Ledger { get; private set; } = null!;

    public StoreAttacks Attacks { get; private set; } = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<AttackedStore> OpenAsync(RedisHome home)
    {
        var store = new AttackedStore(home);
        store.Ledger = await store.JoinAsync();
        var connection = await home.ConnectAsync(store.Prefix);
        store._open.Add(connection);
        store.Attacks = new(connection, store.Prefix);
        return store;
    }

    /// <summary>Another instance, from now on.</summary>
    public async Task<RedisLedger> JoinAsync(params string[] secrets)
    {
        var (ledger, connection) = await _home.OpenAsync(RedisHome.OptionsOf(Prefix, secrets));
        _open.AddRange([connection, ledger]);
        return ledger;
    }

    public async Task MoveAsync(RegisterId id, int from, string state, UniqueKey? key = null)
    {
        var change = ChangeOf(id, from, state);
        if (key is { } unique) change = change with { Moves = [change.Moves[0] with { Unique = [new(unique)] }] };
        Assert.IsType<Outcome.Done>(await Ledger.CommitAsync(change, Token));
    }

    public static Change ChangeOf(RegisterId id, int from, string state) =>
        new([Some.Record(ticket: id.Key, detail: id.Key)], [new(id, from, Encoding.UTF8.GetBytes(state)) { LiveGroup = id.Key }]);

    public void Dispose()
    {
        foreach (var one in Enumerable.Reverse(_open)) one.Dispose();
    }
}
