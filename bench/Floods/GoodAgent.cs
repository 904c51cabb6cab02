using System.Diagnostics;

namespace Floods;

/// <summary>A few connections with one small allowed GET after the other, at a modest pace.</summary>
internal sealed class GoodAgent : IDisposable
{
    private const int Connections = 4;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly Proxy _proxy;
    private readonly HttpClient _client;

    public GoodAgent(Proxy proxy, Trust trust, string key)
    {
        _proxy = proxy;
        var handler = new SocketsHttpHandler { UseProxy = false, SslOptions = trust.For(proxy.Address.Host) };
        _client = new(handler) { BaseAddress = proxy.Address, Timeout = TimeSpan.FromSeconds(20) };
        _client.DefaultRequestHeaders.Add("AiAccess-Token", key);
    }

    public async Task<Turn> MeasureAsync(TimeSpan turn)
    {
        var (all, failed) = (new List<double>(), 0);
        var (began, busy) = (Stopwatch.GetTimestamp(), _proxy.Busy);
        var end = Stopwatch.GetTimestamp() + (long)(turn.TotalSeconds * Stopwatch.Frequency);
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            while (Stopwatch.GetTimestamp() < end)
            {
                var started = Stopwatch.GetTimestamp();
                var ok = await IsAnsweredAsync();
                lock (all)
                {
                    all.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                    if (!ok) failed++;
                }

                await Task.Delay(Pause, TimeProvider.System);
            }
        }));
        busy = _proxy.Busy - busy;
        all.Sort();
        return new(all, failed, busy / Stopwatch.GetElapsedTime(began));
    }

    public void Dispose() => _client.Dispose();

    private async Task<bool> IsAnsweredAsync()
    {
        try
        {
            using var answer = await _client.GetAsync(new Uri("/bench/v1/users/1", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception failed) when (failed is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
