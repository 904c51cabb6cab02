using System.Diagnostics;

namespace Floods;

/// <summary>One flood, in a process of its own so that its work is not the good agent's.</summary>
internal sealed class Flood(Process process) : IDisposable
{
    public static readonly string[] Kinds = ["slow-headers", "slow-bodies", "rapid-reset", "idle", "approvals"];

    public static Flood Start(string kind, Proxy proxy)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Flood).Assembly.Location, "flood", kind, proxy.Address.AbsoluteUri, proxy.Certificate, Proxy.FloodKey]) { RedirectStandardOutput = true };
        return new(Process.Start(start)!);
    }

    public async Task BeganAsync()
    {
        if (await process.StandardOutput.ReadLineAsync() != "began") throw new InvalidOperationException("The flood did not begin.");
    }

    public static async Task RunAsync(string kind, Uri proxy, Trust trust, string key)
    {
        var flood = kind switch
        {
            "slow-headers" => Many(1000, () => Slow.HeadersAsync(proxy, trust)),
            "slow-bodies" => Many(1000, () => Slow.BodyAsync(proxy, trust, key)),
            "rapid-reset" => Many(4, () => RapidReset.RunAsync(proxy, trust, key)),
            "idle" => Many(5000, () => Slow.IdleAsync(proxy, trust)),
            "approvals" => Many(64, () => ApprovalFlood.RunAsync(proxy, trust, key)),
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

    /// <summary>So many at once, begun bit by bit, each begun again when it ends; tells when all have begun once. Until it is killed.</summary>
    private static async Task Many(int count, Func<Task> one)
    {
        using var begin = new SemaphoreSlim(32);
        var left = count;
        await Task.WhenAll(Enumerable.Range(0, count).Select(async i =>
        {
            await begin.WaitAsync();
            var first = true;
            while (true)
            {
                var run = AttemptAsync(one);
                if (first)
                {
                    await Task.WhenAny(run, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System));
                    begin.Release();
                    if (Interlocked.Decrement(ref left) == 0) Console.WriteLine("began");
                    first = false;
                }

                await run;
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
            }
        }));
    }

    private static async Task AttemptAsync(Func<Task> one)
    {
        try
        {
            await one();
        }
        catch (Exception cut) when (cut is IOException or HttpRequestException or System.Net.Sockets.SocketException or OperationCanceledException)
        {
            // The proxy had enough of it: that is what is measured.
        }
    }
}
