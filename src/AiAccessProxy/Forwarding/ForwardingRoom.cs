namespace AiAccessProxy.Forwarding;

/// <summary>Registers the room.</summary>
internal static class ForwardingRoom
{
    public static IServiceCollection AddForwarding(this IServiceCollection services, IConfiguration settings) =>
        throw new NotImplementedException();
}
