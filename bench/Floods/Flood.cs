using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Floods;

/// <summary>One flood, in a process of its own so that its work is not the good agent's.</summary>
internal sealed class Flood(Process process) : IDisposable
{
    public static readonly string[] Kinds = ["slow-headers", "slow-bodies", "rapid-reset", "idle", "approvals"];

    public static Flood Start(string kind, Proxy proxy)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Flood).Assembly.Location, "flood", kind, proxy.Address.AbsoluteUri, proxy.Certificate, Proxy.FloodKey]) { RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        // In the field a flood comes from other machines: here it gets the time that the proxy and the good agent leave over.
        process.PriorityClass = ProcessPriorityClass.Idle;
        return new(process);
    }

    public async Task BeganAsync()
    {
        if (await process.StandardOutput.ReadLineAsync() != "began") throw new InvalidOperationException("The flood did not begin.");
    }

    public static async Task RunAsync(string kind, Uri proxy, Trust trust, string key)
    {
        var flood = kind switch
        {
            "slow-headers" => Many(1000, began => Slow.HeadersAsync(proxy, trust, began)),
            "slow-bodies" => Many(1000, began => Slow.BodyAsync(proxy, trust, key, began)),
            "rapid-reset" => Many(4, began => RapidReset.RunAsync(proxy, trust, key, began)),
            "idle" => Many(5000, began => Slow.IdleAsync(proxy, trust, began)),
            "approvals" => Many(64, began => ApprovalFlood.RunAsync(proxy, trust, key, began)),
            _ => throw new ArgumentException($"No flood is called {kind}: {string.Join(", ", Kinds)}."),
        };
        await flood;
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
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
