using AiAccessProxy.Policies.Trials;

namespace AiAccessProxy.Policies.Files;

/// <summary>
/// Reads <c>tests</c> of a route's file. What is written wrong is a problem like any other; a test that names an agent or a rule that is not
/// there fails when it is run, so that no test ever keeps a right policy from being taken over.
/// </summary>
internal sealed class TestsReader(PolicySource source, string route)
{
    private static readonly string[] Known = ["name", "request", "expect"];

    public IReadOnlyList<PolicyTest> Read(YamlNode.Mapping file)
    {
        var tests = new List<PolicyTest>();
        if (file.Find("tests") is null || Section.Open(source, file, "") is not { } root) return tests;
        foreach (var (node, field) in root.Items("tests"))
        {
            if (Test(node, field) is not { } test) continue;
            if (tests.Exists(other => other.Name == test.Name))
                source.Report(node.Line, $"{field}.name", "there is a test of this name already", "give each test of a file a name of its own");
            else
                tests.Add(test);
        }

        return tests;
    }

    private PolicyTest? Test(YamlNode node, string field)
    {
        if (Section.Of(source, node, field, Known) is not { } section) return null;
        var name = section.Required("name", "say in a few words what is tested");
        if (!section.Has("request")) section.Missing("request", "describe the call: { agent: …, method: GET, path: /… }");
        if (!section.Has("expect")) section.Missing("expect", "say what comes out: { effect: deny }, or { refused: no-single-meaning }");
        var call = section.Find("request") is { } request ? new TrialCallReader(source).Read(request, section.Of("request"), route) : null;
        var expect = section.Find("expect") is { } expected ? ExpectationReader.Read(source, expected, section.Of("expect")) : null;
        return name is { } written && call is not null && expect is not null ? new(source.File, node.Line, written.Text, call, expect) : null;
    }
}
