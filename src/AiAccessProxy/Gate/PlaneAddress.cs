namespace AiAccessProxy.Gate;

/// <summary>What agents call this plane; known for certain only once it listens.</summary>
internal sealed class PlaneAddress
{
    private Uri? _public;

    public Uri Public
    {
        get => _public ?? throw new InvalidOperationException("The agent plane does not listen yet.");
        set => _public = value;
    }

    public Uri StatusOf(string ticket) => new(Public, $"/.ai-access/tickets/{ticket}");

    public Uri CancelOf(string ticket) => new(Public, $"/.ai-access/tickets/{ticket}/cancel");
}
