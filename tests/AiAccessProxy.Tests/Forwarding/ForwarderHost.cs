using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using AiAccessProxy.Actions;
using AiAccessProxy.Forwarding;
using AiAccessProxy.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Tests.Forwarding;

/// <summary>A real server around the forwarder: it reads each call as the gate does, clears it, sends it, and keeps what became of it.</summary>
internal sealed class ForwarderHost : IAsyncDisposable
{
    public static readonly TimeSpan SendWithin = TimeSpan.FromSeconds(30);

    private readonly Channel<ActionOutcome> _outcomes = Channel.CreateUnbounded<ActionOutcome>();
    private readonly Channel<string> _faults = Channel.CreateUnbounded<string>();
    private readonly TaskCompletionSource _agentLeft = new();
    private WebApplication? _app;

    public bool IsPrivileged { get; init; }

    public Func<ApiAction, ApiAction> Change { get; init; } = action => action;

    public UpstreamCredential? Credential { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    public Version HttpVersion { get; init; } = new(1, 1);

    /// <summary>Runs between the clearance and the sending.</summary>
    public Action BeforeSending { get; init; } = () => { };

    /// <summary>Stands still unless a test moves it: how busy the machine is decides nothing here.</summary>
    public ManualTime ClearanceTime { get; init; } = new();

    public HttpProtocols Protocols { get; init; } = HttpProtocols.Http1;

    /// <summary>The one certificate that is trusted of an upstream.</summary>
    public X509Certificate2? Trusted { get; init; }

    /// <summary>Sends something else than what was cleared.</summary>
    public bool ClearsAnother { get; init; }

    /// <summary>Sends again with the same clearance.</summary>
    public bool SendsTwice { get; init; }

    public Uri Address => new(_app!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public async Task<ForwarderHost> StartAsync(Uri? upstream)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = Protocols));
        builder.Services.AddSingleton(TimeProvider.System).AddForwarding(builder.Configuration);
        if (Trusted is { } trusted)
        {
            builder.Services.AddSingleton(services => new UpstreamConnections(
                services.GetRequiredService<OwnListeners>(),
                services.GetRequiredService<IOptions<ForwardingOptions>>(),
                new() { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == trusted.GetCertHashString() }));
        }

        _app = builder.Build();
        _app.Run(context => HandleAsync(context, upstream ?? Address));
        await _app.StartAsync(TestContext.Current.CancellationToken);
        return this;
    }

    public async Task<ActionOutcome> OutcomeAsync() => await _outcomes.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>What a handler died of.</summary>
    public async Task<string> FaultAsync() => await _faults.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>Completes when the server has noticed that an agent left.</summary>
    public Task AgentLeftAsync() => _agentLeft.Task.WaitAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_app is null) return;
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context, Uri upstream)
    {
        context.RequestAborted.Register(() => _agentLeft.TrySetResult());
        try
        {
            var head = RequestHead.Read(context) is RequestReading.Read read ? read.Head : throw new InvalidOperationException("unclear request");
            var plan = Some.Plan();
            if (head.ForRoute(head.Target, plan) is not HeadReading.Read { Head: var action }) throw new InvalidOperationException("unclear head");
            var body = IsPrivileged
                ? ((BodyReading.Read)await RequestBody.ReadWholeAsync(context, head, action, plan, context.RequestAborted)).Body
                : RequestBody.Unread(head);
            var bound = Some.Bound(Change(new(action, body)), new(upstream, Timeout, HttpVersion), Credential);
            var cleared = await new AcceptingLedger().ClearAsync(ClearsAnother ? "0" : bound.Digest.Hex, IsPrivileged, ClearanceTime, SendWithin);
            BeforeSending();
            var forwarder = context.RequestServices.GetRequiredService<UpstreamForwarder>();
            var outcome = await forwarder.SendAsync(cleared, bound, context);
            if (SendsTwice) await forwarder.SendAsync(cleared, bound, context);
            _outcomes.Writer.TryWrite(outcome);
            if (outcome is not ActionOutcome.Answered && !context.Response.HasStarted)
            {
                context.Response.StatusCode = StatusCodes.Status502BadGateway;
                await context.Response.WriteAsync(outcome.ToString());
            }
        }
        catch (Exception fault)
        {
            _faults.Writer.TryWrite(fault.Message);
            _outcomes.Writer.TryComplete(fault);
            throw;
        }
    }
}
