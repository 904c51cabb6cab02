using System.Runtime.CompilerServices;
using AiAccessProxy.Actions;
using AiAccessProxy.Approvals;
using AiAccessProxy.Approvals.Channels;
using AiAccessProxy.Approvals.Teams.Cards;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AiAccessProxy.Tests.Approvals;

/// <summary>The whole room over a real ledger, put together as the product puts it together; several may share a ledger, as instances do.</summary>
internal sealed class OpenDesk : IAsyncDisposable
{
    private const int ManySteps = 300;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private readonly ServiceProvider _services;
    private readonly List<IHostedService> _hosted;
    private readonly IDisposable? _ownLedger;
    private int _sent;
    private volatile Exception? _failed;

    private OpenDesk(ServiceProvider services, IDisposable? ownLedger)
    {
        (_services, _ownLedger) = (services, ownLedger);
        _hosted = [.. services.GetServices<IHostedService>()];
    }

    public IReadOnlyList<IHostedService> Hosted => _hosted;

    public ManualTime Time => (ManualTime)Get<TimeProvider>();

    public ILedger Ledger => Get<ILedger>();

    public ApprovalDesk Desk => Get<ApprovalDesk>();

    public Clearing Clearing => Get<Clearing>();

    public PolicyStore Policies => Get<PolicyStore>();

    public Waiting Waiting => Get<Waiting>();

    /// <summary>Calls that went upstream.</summary>
    public int Sent => _sent;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<OpenDesk> OpenAsync(
        ManualTime? time = null, string? folder = null, ILedger? ledger = null, PolicySnapshot? rules = null, bool start = true, bool isShared = false,
        IReviewChannel? channel = null, params (string Name, string Value)[] settings)
    {
        var clock = time ?? new ManualTime();
        var own = ledger is null ? await Some.OpenLedgerAsync(clock, folder ?? Some.LedgerFolder()) : null;
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name.Contains(':') ? setting.Name : $"approvals:{setting.Name}", (string?)setting.Value)))
            .Build();
        var services = new ServiceCollection()
            .AddLogging(logging => logging.ClearProviders())
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton(ledger ?? own!)
            .AddSingleton(own?.Health ?? new LedgerHealth { IsShared = isShared })
            .AddSingleton(new PolicyStore(rules ?? Some.Rules()))
            .AddApprovals(configuration);
        if (channel is not null) services.AddSingleton(channel);
        if (channel is IConversationPlaces places) services.AddSingleton(places);
        var desk = new OpenDesk(services.BuildServiceProvider(), own);
        if (start) await desk.StartAsync();
        return desk;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task StartAsync()
    {
        foreach (var hosted in _hosted) await hosted.StartAsync(Token);
    }

    /// <summary>What the gate does with a call: consent, clearance, the upstream, the outcome.</summary>
    public async Task<Clearance> CallAsync(
        Bound bound, TimeSpan? hold = null, Func<Cleared, Task<ActionOutcome>>? upstream = null, CancellationToken gone = default)
    {
        try
        {
            // By the clock on the wall: while nobody moves the test's own, a call that is not woken would wait for ever.
            return await PassAsync(bound, hold ?? TimeSpan.FromMinutes(20), upstream, gone).WaitAsync(Eventually.Generous, TimeProvider.System, Token);
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            _failed = failed;
            throw;
        }
    }

    private async Task<Clearance> PassAsync(Bound bound, TimeSpan hold, Func<Cleared, Task<ActionOutcome>>? upstream, CancellationToken gone)
    {
        var verdict = await Desk.ConsentAsync(bound, new(hold, WhenPending.Refuse), gone);
        var clearance = await Clearing.ClearAsync(bound, verdict, gone);
        if (clearance is not Clearance.Go(var cleared)) return clearance;
        Interlocked.Increment(ref _sent);
        await Clearing.CloseAsync(cleared, upstream is null ? Answer() : await upstream(cleared));
        return clearance;
    }

    public static ActionOutcome.Answered Answer(int status = 200, bool delivered = true) =>
        new(status, 17, delivered, null, TimeSpan.FromMilliseconds(5));

    /// <summary>Waits until so many calls are held.</summary>
    public Task HeldAsync(int count) => UntilAsync(() => _failed is { } failed ? throw failed : Waiting.Count == count);

    /// <summary>The one live ticket.</summary>
    public async Task<Ticket> TicketAsync() => Assert.Single(await LiveAsync());

    public async Task<List<Ticket>> LiveAsync() => await Desk.LiveAsync(Token).ToListAsync(Token);

    public async Task<Ticket> TicketAsync(TicketId id) => Assert.IsType<Ticket>(await Desk.FindAsync(id, Token));

    public async Task<Ticket> ApproveAsync(TicketId id, string person = "grace") =>
        Assert.IsType<VoteOutcome.Counted>(await Desk.VoteAsync(id, Some.Ballot(person), Token)).Ticket;

    public async Task<List<LedgerRecord>> RecordsAsync() =>
        await Ledger.ReadFromAsync(Position.Start, Token).Select(entry => entry.Record).ToListAsync(Token);

    public async Task<List<string>> KindsAsync() => [.. (await RecordsAsync()).Select(record => record.Kind)];

    /// <summary>
    /// Moves the clock in steps that no timer of the room sleeps through, until <paramref name="done"/>; more slowly after many, so that no
    /// deadline passes only because the machine is busy.
    /// </summary>
    public Task AdvanceUntilAsync(Func<Task<bool>> done, TimeSpan? step = null, [CallerArgumentExpression(nameof(done))] string what = "")
    {
        var steps = 0;
        return Eventually.HoldsAsync(
            async () =>
            {
                if (await done()) return true;
                if (++steps > ManySteps) await Task.Delay(20 * Pause, TimeProvider.System, Token);
                Time.Advance(step ?? TimeSpan.FromMilliseconds(250));
                return false;
            },
            what, pause: Pause);
    }

    public static Task UntilAsync(Func<bool> done, [CallerArgumentExpression(nameof(done))] string what = "") =>
        Eventually.HoldsAsync(done, what, pause: Pause);

    public async ValueTask DisposeAsync()
    {
        foreach (var hosted in Enumerable.Reverse(_hosted)) await hosted.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
        _ownLedger?.Dispose();
    }
}
