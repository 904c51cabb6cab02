using Microsoft.Extensions.Options;

namespace AiAccessProxy.Gate;

/// <summary>What agents call this plane, for links in answers: the setting, else the address it listens on. Never taken from Host.</summary>
internal sealed class PlaneAddress(IOptions<GateOptions> options)
{
    private readonly Uri? _named = options.Value.PublicUrl is { } url ? new(url) : null;

    /// <summary>With port 0 the address is known only once the plane listens, so whoever makes it listen says how to ask.</summary>
    public Func<Uri> Bound { get; set; } = () => throw new InvalidOperationException("The agent plane does not listen yet.");

    public Uri Named => _named ?? Bound();

    public Uri StatusOf(string ticket) => new(Named, $"/.ai-access/tickets/{ticket}");

    public Uri CancelOf(string ticket) => new(Named, $"/.ai-access/tickets/{ticket}/cancel");
}
