using System.Collections.Frozen;
using AiAccessProxy.Agents;
using AiAccessProxy.People;
using AiAccessProxy.Policies.Linting;
using AiAccessProxy.Policies.Trials;

namespace AiAccessProxy.Policies.Files;

/// <summary>Reads a folder of policies into one snapshot. Anything wrong anywhere refuses all of it.</summary>
internal static class PolicyFiles
{
    /// <param name="environment">Where <c>${env:NAME}</c> is looked up; null is the environment of this process.</param>
    /// <param name="foreign">Audiences of the control plane, which no agent's token may have.</param>
    public static PolicyLoad Load(string folder, Func<string, string?>? environment = null, IReadOnlySet<string>? foreign = null)
    {
        var problems = new List<PolicyProblem>();
        var read = PolicyFolder.ReadSettled(folder, problems);
        return problems.Count > 0 ? Refused(problems) : Load(read, environment, foreign);
    }

    /// <summary>For asking policies where their secrets are not: what is not there goes to <paramref name="missing"/>, and something else stands for it.</summary>
    public static PolicyLoad LoadWithoutSecrets(string folder, ISet<string> missing)
    {
        var problems = new List<PolicyProblem>();
        var read = PolicyFolder.ReadSettled(folder, problems);
        return problems.Count > 0 ? Refused(problems) : Load(read, new References(Environment.GetEnvironmentVariable) { Missing = missing });
    }

    public static PolicyLoad Load(PolicyFolder folder, Func<string, string?>? environment = null, IReadOnlySet<string>? foreign = null) =>
        Load(folder, new References(environment ?? Environment.GetEnvironmentVariable), foreign);

    private static PolicyLoad Load(PolicyFolder folder, References references, IReadOnlySet<string>? foreign = null)
    {
        var problems = new List<PolicyProblem>();
        var keys = new KeyReader();
        var tests = new List<PolicyTest>();
        var places = new PolicyPlaces();

        var people = Read(PolicyFolder.People, "list the people who decide in it") is { } peopleFile
            ? new PeopleFile(Source(PolicyFolder.People), keys).Read(peopleFile)
            : KnownPeople.Unread;
        var agentsFile = Read(PolicyFolder.Agents, "list the programs that may call in it");
        var (issuers, agents) = agentsFile is null
            ? ([], [])
            : new AgentsFile(Source(PolicyFolder.Agents), keys, people, foreign ?? FrozenSet<string>.Empty).Read(agentsFile);
        var answering = people with { Answering = [.. agents.SelectMany(AnswersFor)] };
        var knownAgents = agentsFile is null ? null : new KnownAgents([.. agents.Select(entry => entry.Agent)]);
        var routes = Routes();
        if (problems.Count > 0) return Refused(problems);

        var directory = new PeopleDirectory(people.People, people.Groups);
        return new PolicyLoad.Loaded(
            new()
            {
                Hash = folder.Hash(),
                Routes = routes,
                Agents = new AgentDirectory([.. agents.Select(entry => (entry.Agent, entry.Keys))])
                {
                    Tokens = new(
                        issuers, [.. agents.SelectMany(entry => entry.Tokens, (entry, token) => (entry.Agent, token))],
                        (issuer, subject) => directory.Find(issuer, subject)?.Id),
                },
                People = directory,
            },
            folder.Hash() + references.Stamp())
        {
            Tests = tests,
            Places = places,
        };

        PolicySource Source(string file) => new(file, problems, references);

        YamlNode.Mapping? Read(string name, string remedy)
        {
            foreach (var file in folder.Files.Where(file => file.Name == name)) return new YamlDocument(name, problems).Read(file.Bytes);
            problems.Add(new(name, 0, null, "", "this file is missing", remedy));
            return null;
        }

        GlobalFile? Global() => folder.Files.Any(file => file.Name == PolicyFolder.Global) && Read(PolicyFolder.Global, "") is { } file
            ? new(Source(PolicyFolder.Global), file)
            : null;

        string? EnvironmentOf((string Name, YamlNode.Mapping? Root) file) =>
            file.Root?.Find("environment") is YamlNode.Scalar written ? Source(file.Name).Meaning(written) : null;

        void Place(string route, string name, YamlNode.Mapping file)
        {
            places.Add(route, null, name, file.Find("route")?.Line ?? file.Line);
            foreach (var node in (file.Find("rules") as YamlNode.Sequence)?.Items ?? [])
                if (node is YamlNode.Mapping rule && rule.Find("id") is YamlNode.Scalar { Text: var id })
                    places.Add(route, id, name, rule.Line);
        }

        List<Route> Routes()
        {
            var files = folder.Files.Where(file => file.Name is not (PolicyFolder.Agents or PolicyFolder.People or PolicyFolder.Global))
                .Select(file => (file.Name, Root: new YamlDocument(file.Name, problems).Read(file.Bytes))).ToList();
            var known = new Known(answering, knownAgents, [.. files.Select(EnvironmentOf).OfType<string>()]) { Global = Global() };
            if (files.Count == 0) known.Global?.For(new(known, [], new Dictionary<string, Actions.UpstreamCredential>(), null), []);
            var found = new List<(Route Route, string File)>();
            foreach (var (name, root) in files)
            {
                if (root is not { } file || new RouteFile(Source(name), known).Read(file) is not { } route) continue;
                foreach (var (other, where) in found)
                {
                    if (other.Id == route.Id) Clash("route", $"route {route.Id} is in {where} already", "give each route an id of its own");
                    if (other.ClashesWith(route)) Clash("prefix", $"prefix {route.Prefix} is that of {where} already", "give each route a prefix of its own");
                }

                found.Add((route, name));
                tests.AddRange(new TestsReader(Source(name), route.Id).Read(file));
                Place(route.Id, name, file);
                foreach (var (id, line) in known.Global?.Lines ?? []) places.Add(route.Id, id, PolicyFolder.Global, line);

                void Clash(string key, string message, string remedy) => Source(name).Report(file.Find(key)?.Line ?? file.Line, key, message, remedy);
            }

            return [.. found.Select(one => one.Route)];
        }
    }

    private static IEnumerable<HashSet<string>> AnswersFor(AgentEntry entry)
    {
        foreach (var key in entry.Keys) yield return key.OnBehalfOf is { } person ? [entry.Agent.Owner, person] : [entry.Agent.Owner];
        if (entry.Tokens.Count > 0) yield return [entry.Agent.Owner];
    }

    private static PolicyLoad.Refused Refused(List<PolicyProblem> problems) =>
        new([.. problems.Distinct().OrderBy(problem => problem.File, StringComparer.Ordinal).ThenBy(problem => problem.Line)]);
}
