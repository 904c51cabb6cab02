using System.Text;
using AiAccessProxy.Settings;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Forwarding;

/// <summary>Registers the room.</summary>
internal static class ForwardingRoom
{
    public static IServiceCollection AddForwarding(this IServiceCollection services, IConfiguration settings)
    {
        services.AddSettings<ForwardingOptions>(settings);
        services.AddHttpForwarder();
        // YARP tells every target it sends to, query and all, at Information.
        services.Configure<LoggerFilterOptions>(filters => filters.AddFilter("Yarp.ReverseProxy", LogLevel.Warning));
        // The HTTP client reads an answer's headers as Latin-1; the server writes them back as the same bytes, or would refuse them.
        services.Configure<KestrelServerOptions>(server => server.ResponseHeaderEncodingSelector = _ => Encoding.Latin1);
        services.AddSingleton<OwnListeners>();
        services.AddSingleton(provider =>
            new UpstreamConnections(provider.GetRequiredService<OwnListeners>(), provider.GetRequiredService<IOptions<ForwardingOptions>>()));
        return services.AddSingleton<UpstreamForwarder>();
    }
}
