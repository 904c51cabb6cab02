namespace AiAccessProxy.Approvals;

/// <summary>This process, as records name it: the host's name and an id of this start, so that two starts are told apart.</summary>
internal sealed class Instance(TimeProvider time)
{
    public string Name { get; } = $"{Environment.MachineName}/{Guid.CreateVersion7(time.GetUtcNow()).ToString("n")[^12..]}";
}
