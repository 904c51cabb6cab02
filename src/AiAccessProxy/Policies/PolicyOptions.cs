using System.Collections.Frozen;
using System.ComponentModel;
using AiAccessProxy.Settings;

namespace AiAccessProxy.Policies;

/// <summary>Settings of the room, section <c>policies</c>.</summary>
internal sealed class PolicyOptions : ISettings
{
    public static string Section => "policies";

    [Description("The folder of the policy files.")]
    public string Folder { get; set; } = "policies";

    /// <summary>Audiences of the control plane, which no agent's token may have. No setting of its own.</summary>
    internal IReadOnlySet<string> ControlAudiences { get; set; } = FrozenSet<string>.Empty;

    [Description("How often the files are read whole without having changed, in case a secret changed that they refer to.")]
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(5);

    public IEnumerable<string> Problems()
    {
        if (Folder.Length == 0) yield return "policies:folder: is empty; name the folder of the policy files";
        if (Poll < TimeSpan.FromSeconds(1)) yield return "policies:poll: is below a second; write it like 5s";
    }
}
