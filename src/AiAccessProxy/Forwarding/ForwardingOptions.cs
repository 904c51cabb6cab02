using System.ComponentModel;
using AiAccessProxy.Settings;

namespace AiAccessProxy.Forwarding;

/// <summary>Settings of the room, section <c>forwarding</c>.</summary>
internal sealed class ForwardingOptions : ISettings
{
    public static string Section => "forwarding";

    [Description(
        "How long connecting to an upstream may take, name resolution and TLS included. A privileged call has no longer than "
        + "`approvals:sendWithin`.")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    [Description("After this a pooled connection is replaced, so that changes of an upstream's address are noticed.")]
    public TimeSpan ConnectionLifetime { get; set; } = TimeSpan.FromMinutes(2);

    public IEnumerable<string> Problems()
    {
        if (ConnectTimeout <= TimeSpan.Zero) yield return "forwarding:connectTimeout: has to be longer than zero";
        if (ConnectionLifetime <= TimeSpan.Zero) yield return "forwarding:connectionLifetime: has to be longer than zero";
    }
}
