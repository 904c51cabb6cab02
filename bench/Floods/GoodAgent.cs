using System.Diagnostics;

namespace Floods;

/// <summary>A few connections with one small allowed GET after the other, at a modest pace.</summary>
internal sealed class GoodAgent : IDisposable
{
    private const int Connections = 4;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly HttpClient _client;

    public GoodAgent(Uri proxy, Trust trust, string key)
    {
        _client = new(new SocketsHttpHandler { UseProxy = false, SslOptions = trust.For(proxy.Host) }) { BaseAddress = proxy, Timeout = TimeSpan.FromSeconds(20) };
        _client.DefaultRequestHeaders.Add("AiAccess-Token", key);
    }

    public async Task<(List<double> Milliseconds, int Failed)> MeasureAsync(TimeSpan turn)
    {
        var (all, failed) = (new List<double>(), 0);
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
        return (all, failed);
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
