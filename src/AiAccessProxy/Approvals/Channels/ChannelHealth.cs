using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AiAccessProxy.Telemetry;

namespace AiAccessProxy.Approvals.Channels;

/// <summary>Whether channels take what is posted to them, as metrics. A channel's name is one of the program's own few, never a place in it.</summary>
internal sealed class ChannelHealth : IDisposable
{
    private static readonly Counter<long> Deliveries = Signals.Counter(Metrics.ChannelDeliveries);

    private readonly ConcurrentDictionary<string, bool> _isFailing = new(StringComparer.Ordinal);
    private readonly Meter _meter = Signals.OwnMeter();

    public ChannelHealth() => _meter.CreateObservableGauge(
        Metrics.ChannelFailing.Name,
        () => _isFailing.Select(channel => new Measurement<int>(channel.Value ? 1 : 0, Label(channel.Key))),
        Metrics.ChannelFailing.Unit, Metrics.ChannelFailing.Description);

    /// <summary>A card was posted or brought up to date.</summary>
    public void Delivered(string channel) => Tell(channel, isFailing: false, "delivered");

    /// <summary>It was not, and will be tried again or given up.</summary>
    public void Failed(string channel) => Tell(channel, isFailing: true, "failed");

    public void Dispose() => _meter.Dispose();

    private void Tell(string channel, bool isFailing, string outcome)
    {
        _isFailing[channel] = isFailing;
        Deliveries.Add(1, Label(channel), new KeyValuePair<string, object?>("outcome", outcome));
    }

    private static KeyValuePair<string, object?> Label(string channel) => new("channel", channel);
}
