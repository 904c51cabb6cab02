namespace AiAccessProxy.Policies;

/// <summary>Settings of the room, section <c>policies</c>.</summary>
internal sealed class PolicyOptions
{
    /// <summary>The folder of the policy files.</summary>
    public string Folder { get; set; } = "policies";

    /// <summary>How often the folder is looked at without a hint from the file system, which mounted volumes do not always give.</summary>
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(5);
}
