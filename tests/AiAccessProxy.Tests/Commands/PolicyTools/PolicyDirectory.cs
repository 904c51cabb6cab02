namespace AiAccessProxy.Tests.Commands.PolicyTools;

/// <summary>A folder of policies on disk for a command to read: the usual agents and people, and one route.</summary>
internal sealed class PolicyDirectory : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aiaccess-policies-").FullName;

    public PolicyDirectory(string rules, string more = "", string tail = "")
    {
        Write("agents.yaml", Some.AgentsYaml);
        Write("people.yaml", Some.PeopleYaml);
        Write("api.yaml", Some.RouteYaml(rules, more) + tail);
    }

    public string Path => _folder;

    public string Write(string name, string text)
    {
        var path = System.IO.Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public Task<CommandRun> RunAsync(string command, params string[] more) => CommandRun.OfAsync(["policy", command, _folder, .. more]);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
