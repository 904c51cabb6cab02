using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using AiAccessProxy.Approvals;
using AiAccessProxy.Commands;
using AiAccessProxy.Commands.Serving;
using AiAccessProxy.Gate;
using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Embedded;
using AiAccessProxy.Tests.Forwarding;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Tests.Commands.Serving;

/// <summary>A call that is under way when the program is told to stop ends with all that it leaves on record, however long it takes.</summary>
public sealed class StoppingTests : IDisposable
{
    private const string Key = "aia_some-key";

    private readonly string _folder = Directory.CreateTempSubdirectory("aiaccess-stop-").FullName;
    private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_folder, "data");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_is_with_an_upstream_is_waited_for_though_the_hosts_own_time_is_over()
    {
        await using var upstream = RawUpstream.Start(async connection =>
        {
            while (await connection.ReadRequestAsync() is not null)
            {
                await _answer.Task.WaitAsync(Eventually.Generous, TimeProvider.System, Token);
                await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone");
            }
        });
        var (agents, control) = (new Plane("agent"), new Plane("control"));
        await using var app = Build(upstream.Origin, agents, control);
        app.Services.GetRequiredService<PlaneAddress>().Bound = () => agents.Address;
        // What an upstream of 45 s is to the usual 30.
        app.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout = TimeSpan.FromMilliseconds(1);
        await app.StartAsync(Token);
        using var client = new HttpClient { BaseAddress = agents.Address };
        client.DefaultRequestHeaders.Add("AiAccess-Token", Key);
        var call = client.DeleteAsync(new Uri("/api/things/1", UriKind.Relative), Token);
        var desk = app.Services.GetRequiredService<ApprovalDesk>();
        var ticket = await Eventually.GetAsync(async () => await desk.LiveAsync(Token).FirstOrDefaultAsync(Token), "a ticket");
        Assert.IsType<VoteOutcome.Counted>(await desk.VoteAsync(ticket.Id, Some.Ballot("grace"), Token));
        await upstream.ReceivedAsync("DELETE");

        using var told = new CancellationTokenSource();
        var stopped = Stopping.UntilStoppedAsync(app, told.Token);
        await told.CancelAsync();
        await Eventually.HoldsAsync(async () => await IsRefusedAsync(agents.Address), "nobody new is served");
        var wasCutOff = stopped.IsCompleted || call.IsCompleted;
        _answer.SetResult();

        Assert.False(wasCutOff);
        Assert.Equal("done", await (await call).Content.ReadAsStringAsync(Token));
        Assert.Equal(ExitCode.Done, await stopped.WaitAsync(Eventually.Generous, TimeProvider.System, Token));
        await app.DisposeAsync();
        Assert.Equal([RecordKind.TicketExecuting, RecordKind.CallExecuted, RecordKind.Stopped], (await KindsAsync())[^3..]);
    }

    /// <summary>Asks nothing: a request that came before the listener ended would be on record.</summary>
    private static async Task<bool> IsRefusedAsync(Uri plane)
    {
        using var late = new TcpClient();
        try
        {
            await late.ConnectAsync(plane.Host, plane.Port, Token);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private async Task<List<string>> KindsAsync()
    {
        var kinds = new List<string>();
        await foreach (var entry in LedgerReader.ReadAsync(Data, new LedgerQuery(), Token)) kinds.Add(entry.Record.Kind);
        return kinds;
    }

    private WebApplication Build(Uri upstream, Plane agents, Plane control)
    {
        File.WriteAllText(Path.Combine(_folder, "agents.yaml"), $$"""
            version: 1
            agents:
              - { id: bot, owner: person:ada, keys: [{ id: k, sha256: "{{Sha256(Key)}}" }] }
            """);
        File.WriteAllText(Path.Combine(_folder, "people.yaml"), $$"""
            version: 1
            people:
              - { id: ada, name: Ada }
              - { id: grace, name: Grace, keys: [{ id: laptop, sha256: "{{Sha256("some-other-key")}}" }] }
            groups: { reviewers: [grace] }
            """);
        File.WriteAllText(Path.Combine(_folder, "api.yaml"), $$"""
            version: 1
            route: api
            prefix: /api
            environment: test
            upstream: { url: "{{upstream.GetLeftPart(UriPartial.Authority)}}", timeout: 100s }
            default: deny
            rules:
              - id: write
                match: { methods: [DELETE], paths: ["/**"] }
                effect: require_approval
                risk: high
                summary: "Change a thing"
                approval: { need: [{ approvals: 1, from: [group:reviewers] }] }
            """);
        return ServeHost.Build(
            new(
                new Dictionary<string, string?>
                {
                    ["policies:folder"] = _folder,
                    ["ledger:folder"] = Data,
                    ["gate:url"] = "http://127.0.0.1:0",
                    ["control:url"] = "http://127.0.0.1:0",
                },
                []),
            agents, control);
    }

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
