// What a flood from one side costs everybody else: the p99 of a good agent's small allowed GETs while it lasts, against a quiet turn just
// before it, and the proxy's memory. Loopback only; bench/floods builds the proxy first and gives it the environment of the image.
//
// Proxy, upstream, good agent and flood share this machine, but only the first is measured. So the flood, which in the field comes from other
// machines, gets the processor only while nobody else wants it (SCHED_IDLE). That it is a flood all the same is not assumed but counted: each
// kind has a least number of open connections and of pieces, resets or calls a second, below which its line says TOO WEAK and the program
// fails. What it sends runs into the default limits, connection after connection: what is refused or closed comes again at once.
// Every turn in a flood has its own quiet turn before it, all kinds take turns in each round, and the ratio is the median over the rounds.
// Before the first round every kind has been there once: code is compiled, the heap has its size, and quiet turns too have that behind them.
// usage: Floods [seconds a turn, default 8] [rounds, default 5] [only this flood]; or, as its own child: Floods flood KIND URL CERTIFICATE KEY
using System.Globalization;
using Floods;

if (args is ["flood", var name, var url, var certificate, var key])
{
    await Flood.RunAsync(FloodKind.Of(name), new Uri(url), new(certificate), key);
    return 0;
}

var turn = TimeSpan.FromSeconds(args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 8);
var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;
var (beginning, settling) = (TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(6));
var floods = (args.Length > 2 ? [FloodKind.Of(args[2])] : FloodKind.All).Select(kind => new Figures(kind)).ToList();

await using var upstream = await Upstream.StartAsync();
await using var proxy = await Proxy.StartAsync(upstream.Address);
using var agent = new GoodAgent(proxy, new(proxy.Certificate), Proxy.GoodKey);
await agent.MeasureAsync(turn);
Console.WriteLine($"memory when quiet {proxy.ResidentMegabytes} MB, DOTNET_GCgen0size={Environment.GetEnvironmentVariable("DOTNET_GCgen0size") ?? "(unset)"}; times in ms; busy: of one processor, quiet/flood");
foreach (var one in floods) await DuringAsync(one.Kind, _ => Task.CompletedTask);
for (var round = 0; round < rounds; round++)
{
    foreach (var one in floods)
    {
        var quiet = await agent.MeasureAsync(turn);
        await DuringAsync(one.Kind, async flood =>
        {
            var before = flood.Tally;
            var during = await agent.MeasureAsync(turn);
            one.Add(quiet, during, before, flood.Tally, proxy.ResidentMegabytes);
        });
    }
}

Console.WriteLine(Figures.Head);
foreach (var one in floods) Console.WriteLine(one);
Console.WriteLine($"at least {floods.Min(one => one.Requests)} requests a side; most memory ever {proxy.PeakMegabytes} MB");
return floods.Any(one => one.IsWeak) ? 1 : 0;

async Task DuringAsync(FloodKind kind, Func<Flood, Task> measure)
{
    using (var flood = Flood.Start(kind, proxy))
    {
        await flood.BeganAsync();
        // What it does at once when it has begun is not yet what it goes on with; and everybody's code is warm.
        await agent.MeasureAsync(beginning);
        await measure(flood);
    }

    // What it left behind is over before the next quiet turn: its connections are closed, and what they were is collected.
    await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
    await agent.MeasureAsync(settling);
}
