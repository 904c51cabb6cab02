using System.Net;
using AiAccessProxy.Approvals;
using AiAccessProxy.Control;
using AiAccessProxy.Ledger;
using AiAccessProxy.People;
using AiAccessProxy.Policies;
using AiAccessProxy.Settings;
using AiAccessProxy.Telemetry;
using AiAccessProxy.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AiAccessProxy.Tests.Control;

/// <summary>
/// The control plane on a port of its own, with a real ledger and a real desk behind it. Ada owns the agent <c>billing-bot</c>, Grace and
/// Lin are finance, Joan is security; each person's key is <c>key-of-(id)</c>, the agent's is <c>key-of-the-agent</c>.
/// </summary>
internal sealed class Console(WebApplication app, BreakableLedger ledger, ManualTime time, CollectedErrors errors) : IAsyncDisposable
{
    public const string AgentKey = "key-of-the-agent";

    private bool _isGuest;

    public ManualTime Time => time;

    public BreakableLedger Ledger => ledger;

    /// <summary>What the program logged as errors.</summary>
    public IEnumerable<string> Errors => errors.All;

    public Uri Address { get; } = new(app.Urls.Single());

    /// <summary>What the control plane serves.</summary>
    public IReadOnlyList<Endpoint> Endpoints => app.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    public ApprovalDesk Desk => Of<ApprovalDesk>();

    public static async Task<Console> StartAsync(params (string Key, string? Value)[] settings)
    {
        var time = new ManualTime();
        var ledger = new BreakableLedger(await Some.OpenLedgerAsync(time));
        return await StartAsync(time, ledger, ledger.Health, false, settings);
    }

    /// <summary>Two instances on one ledger that both may write, and one clock. The second is to be disposed of first.</summary>
    public static async Task<(Console One, Console Other)> StartTwoAsync()
    {
        var time = new ManualTime();
        var ledger = new BreakableLedger(await Some.OpenLedgerAsync(time));
        return (await StartAsync(time, ledger, new() { IsShared = true }, isGuest: false), await StartAsync(time, ledger, new() { IsShared = true }, isGuest: true));
    }

    private static async Task<Console> StartAsync(
        ManualTime time, BreakableLedger ledger, LedgerHealth health, bool isGuest, params (string Key, string? Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        var errors = new CollectedErrors();
        builder.Logging.ClearProviders().AddProvider(errors);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)));
        builder.Services
            .AddSingleton<TimeProvider>(time)
            .AddSingleton<ILedger>(ledger)
            .AddSingleton(health)
            .AddSingleton(SharedSecret.Of(["a secret of the tests that is long enough"]))
            .AddSingleton(new PolicyStore(Snapshot))
            .AddSettings<TelemetryOptions>(builder.Configuration)
            .AddSingleton<MetricsText>()
            .AddTokens(builder.Configuration)
            .AddApprovals(builder.Configuration)
            .AddControl(builder.Configuration);
        var app = builder.Build();
        try
        {
            app.RunControl();
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            ledger.Dispose();
            throw;
        }

        return new(app, ledger, time, errors) { _isGuest = isGuest };
    }

    public static PolicySnapshot Snapshot { get; } = new()
    {
        Hash = new string('a', 64),
        Routes = [],
        Agents = new([(Some.Agent(), [Some.AgentKey(AgentKey)])]),
        People = new(
            [Keyed("ada"), Keyed("grace"), Keyed("lin"), Keyed("joan")],
            new Dictionary<string, IReadOnlyList<string>> { ["finance"] = ["grace", "lin"], ["security"] = ["joan"] }),
    };

    public T Of<T>() where T : notnull => app.Services.GetRequiredService<T>();

    /// <summary>Has the agent make a call that nobody has decided on yet.</summary>
    public async Task<Ticket> OpenAsync(Bound? call = null) =>
        await Desk.ConsentAsync(call ?? Some.Privileged(), new Hold(TimeSpan.Zero, WhenPending.Refuse), TestContext.Current.CancellationToken)
            is Verdict.No(Refused.StillPending(var ticket)) ? ticket : throw new InvalidOperationException("No ticket was opened.");

    public Visitor Visit() => new(this);

    /// <summary>A browser in which <paramref name="person"/> has signed in with their key.</summary>
    public async Task<Visitor> VisitAsync(string person)
    {
        var visitor = Visit();
        using var answer = await visitor.SignInAsync($"key-of-{person}");
        return answer.StatusCode == HttpStatusCode.SeeOther ? visitor : throw new InvalidOperationException($"Sign-in: {answer.StatusCode}");
    }

    public async Task<IReadOnlyList<LedgerRecord>> RecordsAsync()
    {
        var records = new List<LedgerRecord>();
        await foreach (var entry in ledger.ReadFromAsync(Position.Start, TestContext.Current.CancellationToken)) records.Add(entry.Record);
        return records;
    }

    /// <summary>Stops the program; its ledger can still be read.</summary>
    public Task StopAsync() => app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        if (!_isGuest) ledger.Dispose();
    }

    private static Person Keyed(string id) => Some.Person(id, $"key-of-{id}");
}
