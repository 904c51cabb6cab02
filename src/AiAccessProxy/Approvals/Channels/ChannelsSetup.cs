using AiAccessProxy.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AiAccessProxy.Approvals.Channels;

/// <summary>Registers what all channels have in common; a channel registers itself as an <see cref="IReviewChannel"/>.</summary>
internal static class ChannelsSetup
{
    public static IServiceCollection AddChannels(this IServiceCollection services, IConfiguration settings)
    {
        // The control plane says its own later; without one nobody is led anywhere.
        services.TryAddSingleton(new ConsoleAddress(new Uri("http://127.0.0.1:8081")));
        return services
            .AddSettings<ChannelOptions>(settings)
            .AddSingleton<ReviewChannels>()
            .AddSingleton<ChannelHealth>()
            .AddSingleton<ChannelAlarm>()
            .AddSingleton<CardSights>()
            .AddSingleton<CardTracks>()
            .AddSingleton<CardShowing>()
            .AddSingleton<CardCourier>()
            .AddSingleton<CardSweep>();
    }
}
