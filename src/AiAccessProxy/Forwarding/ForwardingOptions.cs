namespace AiAccessProxy.Forwarding;

/// <summary>Settings of the room, section <c>forwarding</c>.</summary>
internal sealed class ForwardingOptions
{
    /// <summary>How long connecting to an upstream may take, name resolution and TLS included. A privileged call has no longer than its two seconds.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>After this a pooled connection is replaced, so that changes of an upstream's address are noticed.</summary>
    public TimeSpan ConnectionLifetime { get; set; } = TimeSpan.FromMinutes(2);
}
