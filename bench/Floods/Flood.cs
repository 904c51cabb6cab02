using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Floods;

/// <summary>One flood, in a process of its own so that its work is not the good agent's.</summary>
internal sealed class Flood : IDisposable
{
    private static readonly TimeSpan Tell = TimeSpan.FromMilliseconds(250);

    private readonly Process _process;
    private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Tally? _tally;

    private Flood(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is not { Length: > 0 } told) return;
            if (told == "began") _began.TrySetResult();
            else _tally = Tally.Read(told);
        };
        process.Exited += (_, _) => _began.TrySetException(new InvalidOperationException("The flood ended before it had begun."));
        process.EnableRaisingEvents = true;
        process.BeginOutputReadLine();
    }

    /// <summary>What it has done until a moment ago.</summary>
    public Tally Tally => _tally ?? throw new InvalidOperationException("The flood has told nothing yet.");

    public static Flood Start(FloodKind kind, Proxy proxy)
    {
        // --idle: it runs when nobody else wants to, and leaves the processor at once when somebody does. Niceness alone lets it finish its
        // slice of milliseconds first, which an attacker on a machine of his own never takes from ours.
        string[] arguments = ["--idle", "0", "dotnet", typeof(Flood).Assembly.Location, "flood", kind.Name, proxy.Address.AbsoluteUri, proxy.Certificate, Proxy.FloodKey];
        return new(Process.Start(new ProcessStartInfo("chrt", arguments) { RedirectStandardOutput = true })!);
    }

    public Task BeganAsync() => _began.Task.WaitAsync(TimeSpan.FromMinutes(3));

    public static async Task RunAsync(FloodKind kind, Uri proxy, Trust trust, string key)
    {
        var counters = new Counters();
        _ = TellAsync(counters);
        await Many(kind.Count, kind.Name switch
        {
            "slow-headers" => began => Slow.HeadersAsync(proxy, trust, counters, began),
            "slow-bodies" => began => Slow.BodyAsync(proxy, trust, key, counters, began),
            "rapid-reset" => began => RapidReset.RunAsync(proxy, trust, key, counters, began),
            "idle" => began => Slow.IdleAsync(proxy, trust, counters, began),
            _ => began => ApprovalFlood.RunAsync(proxy, trust, key, counters, began),
        });
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static async Task TellAsync(Counters counters)
    {
        while (true)
        {
            Console.WriteLine(counters.Now);
            await Task.Delay(Tell, TimeProvider.System);
        }
    }

    /// <summary>
    /// So many at once, begun bit by bit, each begun again when it ends; tells when all have begun once, TLS handshake and all. Until it is killed.
    /// </summary>
    private static async Task Many(int count, Func<Action, Task> one)
    {
        using var begin = new SemaphoreSlim(32);
        var left = count;
        await Task.WhenAll(Enumerable.Range(0, count).Select(async i =>
        {
            await begin.WaitAsync();
            var first = true;
            while (true)
            {
                await AttemptAsync(one, Began);
                Began();
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
            }

            void Began()
            {
                if (!first) return;
                first = false;
                begin.Release();
                if (Interlocked.Decrement(ref left) == 0) Console.WriteLine("began");
            }
        }));
    }

    private static async Task AttemptAsync(Func<Action, Task> one, Action began)
    {
        try
        {
            await one(began);
        }
        catch (Exception cut) when (cut is IOException or AuthenticationException or HttpRequestException or SocketException or OperationCanceledException)
        {
            // The proxy had enough of it: that is what is measured.
        }
    }
}
