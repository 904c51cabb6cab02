using System.Text.Json;
using AiAccessProxy.Control.SignIn.Oidc;
using AiAccessProxy.Policies.Files;
using AiAccessProxy.Tests.Architecture;
using AiAccessProxy.Tests.Settings;
using AiAccessProxy.Tokens;

namespace AiAccessProxy.Tests.Documentation;

/// <summary>What docs/sign-in.md says is true.</summary>
public class SignInTests
{
    private static readonly string Text = File.ReadAllText(Repository.PathOf("docs/sign-in.md"));

    [Fact]
    public void Its_files_load_together()
    {
        var blocks = Markdown.MarkedBlocks(Text, "yaml").ToDictionary(block => block.Mark, block => block.Text);

        var policy = Some.Policy((PolicyFolder.Agents, blocks["agents"]), (PolicyFolder.People, blocks["people"]), ("api.yaml", Some.RouteYaml("- { id: a, effect: deny, match: { paths: [\"/**\"] } }")));

        Assert.Equal(2, blocks.Count);
        Assert.Equal(["entra", "keycloak"], policy.Agents.Tokens.Issuers.Select(issuer => issuer.Id));
        Assert.Equal("ada", policy.People.Find(policy.Agents.Tokens.Issuers[0], "00000000-0000-0000-0000-0000000000F1")?.Id);
        Assert.Equal("grace", policy.People.Find(new("x", "https://login.example.com/realms/people", "y"), "248289761001")?.Id);
    }

    [Fact]
    public void Its_settings_exist_and_make_sense_together()
    {
        var control = JsonDocument.Parse(Markdown.Blocks(Text, "json").Single()).RootElement.GetProperty("control");
        var oidc = control.GetProperty("oidc");
        var options = new OidcOptions { Issuer = oidc.GetProperty("issuer").GetString(), ClientId = oidc.GetProperty("clientId").GetString(), Name = oidc.GetProperty("name").GetString()! };

        Assert.Empty(options.Problems());
        Assert.Contains($"{control.GetProperty("publicUrl").GetString()}{OidcClient.ReturnTo}", Text, StringComparison.Ordinal);
        var known = AllSettings.All.Select(setting => setting.Name).ToHashSet();
        Assert.All(Markdown.Code(Text).Where(code => code.StartsWith("tokens:", StringComparison.Ordinal) || code.StartsWith("control:", StringComparison.Ordinal) || code.StartsWith("gate:", StringComparison.Ordinal)),
            code => Assert.Contains(code, known));
    }

    [Fact]
    public void Its_algorithms_and_bounds_are_those_of_the_program()
    {
        var row = Markdown.Rows(Text).Single(row => row[0] == "`alg`")[1];

        Assert.All(TokenHeader.Algorithms, algorithm => Assert.Contains(algorithm, row, StringComparison.Ordinal));
        Assert.Contains($"at most {CompactToken.MaxLength / 1024} KiB", Text, StringComparison.Ordinal);
        Assert.Contains($"clocks may be {TokenValidation.Skew.TotalSeconds} s apart", Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_link_leads_somewhere() => Assert.All(
        Markdown.LocalLinks(Text).Where(link => link.Length > 0), link => Assert.True(Path.Exists(Repository.PathOf($"docs/{link.Split('#')[0]}")), link));
}
