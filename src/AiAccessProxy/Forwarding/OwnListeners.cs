using System.Net;
using System.Net.NetworkInformation;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace AiAccessProxy.Forwarding;

/// <summary>
/// Where this process listens. An upstream that resolves to one of these is refused: an agent could reach the control plane through it, or
/// send calls round and round.
/// </summary>
internal sealed class OwnListeners(IServer server)
{
    public bool Include(IPEndPoint endpoint) => Addresses().Any(address => Meets(address, endpoint));

    // Read each time: with port 0 the addresses are known only once the server listens.
    private IEnumerable<BindingAddress> Addresses() =>
        (server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []).Select(BindingAddress.Parse).Where(address => !address.IsUnixPipe);

    private static bool Meets(BindingAddress bound, IPEndPoint endpoint)
    {
        if (bound.Port != endpoint.Port) return false;
        var address = endpoint.Address.IsIPv4MappedToIPv6 ? endpoint.Address.MapToIPv4() : endpoint.Address;
        // Connecting to the unspecified address reaches this machine.
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)) return true;
        if (bound.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)) return IPAddress.IsLoopback(address);
        return IPAddress.TryParse(bound.Host.Trim('[', ']'), out var own) && !own.Equals(IPAddress.Any) && !own.Equals(IPAddress.IPv6Any)
            ? own.Equals(address)
            : IsThisMachine(address);
    }

    private static bool IsThisMachine(IPAddress address) =>
        IPAddress.IsLoopback(address) || NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Any(unicast => unicast.Address.Equals(address));
}
