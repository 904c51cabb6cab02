// What a flood from one side costs everybody else: the p99 of a good agent's small allowed GETs while it lasts, against quiet turns of the
// same run, and the proxy's memory. Loopback only. bench/floods builds the proxy first.
// usage: Floods [seconds a turn, default 6] [rounds, default 3] [only this flood]; or, as its own child: Floods flood KIND URL CERTIFICATE KEY
using System.Globalization;
using Floods;

if (args is ["flood", var kind, var url, var certificate, var key])
{
    await Flood.RunAsync(kind, new Uri(url), new(certificate), key);
    return;
}

var turn = TimeSpan.FromSeconds(args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 6);
var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 3;
var floods = args.Length > 2 ? [args[2]] : Flood.Kinds;

await using var upstream = await Upstream.StartAsync();
await using var proxy = await Proxy.StartAsync(upstream.Address);
using var agent = new GoodAgent(proxy.Address, new(proxy.Certificate), Proxy.GoodKey);
await agent.MeasureAsync(turn);
Console.WriteLine($"quiet memory {proxy.ResidentMegabytes} MB");
Console.WriteLine($"{"flood",-16} {"quiet p50",10} {"p99",9} {"flood p50",10} {"p99",9} {"p99 ratio",10} {"failed",7} {"memory",8}");
foreach (var one in floods)
{
    List<double> quiet = [], during = [];
    var (failed, memory) = (0, 0L);
    for (var round = 0; round < rounds; round++)
    {
        quiet.AddRange((await agent.MeasureAsync(turn)).Milliseconds);
        using (var flood = Flood.Start(one, proxy))
        {
            await flood.BeganAsync();
            var measured = await agent.MeasureAsync(turn);
            during.AddRange(measured.Milliseconds);
            failed += measured.Failed;
            memory = Math.Max(memory, proxy.ResidentMegabytes);
        }

        // What the flood left behind is over before the next quiet turn.
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
    }

    quiet.Sort();
    during.Sort();
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{one,-16} {At(quiet, 50),7:f2} ms {At(quiet, 99),6:f2} ms {At(during, 50),7:f2} ms {At(during, 99),6:f2} ms {At(during, 99) / At(quiet, 99),10:f2} {failed,7} {memory,5} MB"));
}

Console.WriteLine($"most memory ever {proxy.PeakMegabytes} MB");

static double At(List<double> sorted, int percent) => sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)];
