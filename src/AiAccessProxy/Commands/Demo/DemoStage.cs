using System.Text.RegularExpressions;
using AiAccessProxy.Agents;

namespace AiAccessProxy.Commands.Demo;

/// <summary>
/// A folder of the demo's own under the system's temporary folder: the example policies with this run's keys and upstream in them, and
/// the ledger. It stays until the demo ends.
/// </summary>
internal sealed partial class DemoStage : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aiaccess-demo-").FullName;

    public string Policies => Path.Combine(_folder, "policies");

    public string Data => Path.Combine(_folder, "data");

    /// <summary>The agent's key.</summary>
    public NewKey Agent { get; } = NewKey.Create("aia_");

    /// <summary>The personal key of whoever votes by itself.</summary>
    public NewKey Voter { get; } = NewKey.Create("aip_");

    /// <summary>Copies the policies; every address in them becomes the upstream's, and the example keys become this run's.</summary>
    public void Set(string examples, Uri upstream)
    {
        Directory.CreateDirectory(Policies);
        foreach (var file in Directory.EnumerateFiles(examples, "*.yaml"))
        {
            var name = Path.GetFileName(file);
            var text = UpstreamUrl().Replace(File.ReadAllText(file), $"url: \"{upstream.GetLeftPart(UriPartial.Authority)}\"");
            var key = name == "people.yaml" ? Voter : Agent;
            File.WriteAllText(Path.Combine(Policies, name), Hash().Replace(text, $"sha256: \"{key.Sha256}\""));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [GeneratedRegex("""url: *"?http://[^"\s,}]*"?""")]
    private static partial Regex UpstreamUrl();

    [GeneratedRegex("""sha256: *"?[0-9a-f]{64}"?""")]
    private static partial Regex Hash();
}
