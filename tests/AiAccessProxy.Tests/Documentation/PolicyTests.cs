using System.CommandLine;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using AiAccessProxy.Actions;
using AiAccessProxy.Commands;
using AiAccessProxy.Policies.Files;
using AiAccessProxy.Policies.Linting;
using AiAccessProxy.Tests.Architecture;

namespace AiAccessProxy.Tests.Documentation;

/// <summary>What docs/policy.md says is true. <see cref="PolicyTruthTests"/> hold its tables of truths.</summary>
public partial class PolicyTests
{
    private static readonly string Text = PolicyExamples.Page;

    private static readonly JsonElement Schema = JsonDocument.Parse(PolicySchema.Text()).RootElement.GetProperty("$defs");

    public static TheoryData<int> Blocks => [.. Enumerable.Range(0, PolicyExamples.Blocks.Count)];

    [Theory]
    [MemberData(nameof(Blocks))]
    public async Task Every_example_loads_and_its_tests_pass(int number)
    {
        var (snapshot, tests) = PolicyExamples.Load(PolicyExamples.Blocks[number]) switch
        {
            PolicyLoad.Loaded loaded => (loaded.Snapshot, loaded.Tests),
            PolicyLoad.Refused refused => throw new ArgumentException(string.Join('\n', refused.Problems), nameof(number)),
            _ => throw new ArgumentException("A load is loaded or refused.", nameof(number)),
        };

        foreach (var test in tests) Assert.Empty((await test.RunAsync(snapshot, TimeProvider.System, TestContext.Current.CancellationToken)).Failures);
    }

    [Fact]
    public void Every_example_says_what_it_is() => Assert.Empty(Markdown.Blocks(Text, "yaml"));

    [Theory]
    [InlineData("key of an agent", "agents/agents")]
    [InlineData("key of an agent's key", "agents/agents/keys")]
    [InlineData("key of an agent's token", "agents/agents/tokens")]
    [InlineData("key of an issuer", "agents/issuers")]
    [InlineData("key of a person", "people/people")]
    [InlineData("key of an identity", "people/people/oidc")]
    [InlineData("key of a person's key", "people/people/keys")]
    [InlineData("key of a route", "route")]
    [InlineData("key of `upstream`", "route/upstream")]
    [InlineData("key of a credential", "route/credentials/*")]
    [InlineData("key of a rule", "route/rules")]
    [InlineData("key of `approval`", "route/approval")]
    [InlineData("key of a need", "route/approval/need")]
    [InlineData("key of `rate`", "route/rate")]
    [InlineData("key of `global.yaml`", "global")]
    [InlineData("condition", "route/rules/match")]
    [InlineData("key of `time`", "route/rules/match/time")]
    [InlineData("key of an entry of `where`", "route/rules/match/where")]
    [InlineData("key of a test", "route/tests")]
    [InlineData("key of `request`", "route/tests/request")]
    [InlineData("key of `expect`", "route/tests/expect")]
    [InlineData("key of an entry of `needs`", "route/tests/expect/needs")]
    public void Every_key_that_the_readers_know_is_in_its_table_and_no_other_is(string head, string place)
    {
        var documented = TableOf(head).Skip(1).SelectMany(row => Markdown.Code(row[0]));

        Assert.Equal(Keys(place).Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_mapping_of_the_language_has_a_table()
    {
        var places = GetType().GetMethod(nameof(Every_key_that_the_readers_know_is_in_its_table_and_no_other_is))!
            .GetCustomAttributes<InlineDataAttribute>().Select(data => (string)data.Data![1]!);
        var documented = places.Select(place => string.Join(' ', Keys(place).Order(StringComparer.Ordinal))).ToHashSet();
        // The two lists at the head of their files, told in words, and the operators on one value, which are keys of where.
        string[] others = [string.Join(' ', new[] { "agents", "issuers", "version" }), string.Join(' ', new[] { "groups", "people", "version" }), string.Join(' ', OperatorReader.OnOne.Order(StringComparer.Ordinal))];
        documented.UnionWith(others);
        // Rules of global.yaml take all keys of a rule but these, as is said there.
        documented.Add(string.Join(' ', Keys("route/rules").Except(["accept", "credential"]).Order(StringComparer.Ordinal)));

        var known = new HashSet<string>();
        foreach (var kind in Schema.EnumerateObject()) Collect(kind.Value, known);

        Assert.Empty(known.Except(documented));
    }

    [Fact]
    public void Every_table_of_keys_is_held()
    {
        var held = GetType().GetMethod(nameof(Every_key_that_the_readers_know_is_in_its_table_and_no_other_is))!
            .GetCustomAttributes<InlineDataAttribute>().Select(data => (string)data.Data![0]!).Where(head => head != "condition");

        Assert.Equal(held.Order(), Markdown.Tables(Text).Select(table => table[0][0]).Where(head => head.StartsWith("key of", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public void Every_word_that_a_key_takes_is_named()
    {
        var words = typeof(Words).GetProperties(BindingFlags.Static | BindingFlags.Public)
            .Where(property => property.Name is not (nameof(Words.Accepted) or nameof(Words.Flags) or nameof(Words.Refusals)))
            .SelectMany(property => (IEnumerable<string>)property.PropertyType.GetProperty("Keys", BindingFlags.Instance | BindingFlags.Public)!.GetValue(property.GetValue(null))!);
        var named = Markdown.Code(FenceOut().Replace(Text, "")).ToHashSet();

        Assert.DoesNotContain(words, word => !named.Contains(word));
    }

    [Fact]
    public void Every_source_of_a_field_is_described() => Assert.Equal(
        Enum.GetNames<FieldSource>().Select(name => $"`{name.ToLowerInvariant()}`").Order(),
        TableOf("source").Skip(1).Select(row => row[0]).Order());

    [Fact]
    public void Every_name_of_a_field_among_the_sources_is_one() => Assert.All(
        TableOf("source").Skip(1), row => Assert.True(FieldPath.TryParse(row[1].Trim('`'), out _, out var error), error));

    [Fact]
    public void Every_reference_is_described()
    {
        var refused = Assert.IsType<PolicyLoad.Refused>(Some.Load(("api.yaml", Some.RouteYaml("- { id: a, effect: deny, match: { where: [{ field: body.a, equals: \"${zzz}\" }] } }"))));
        var known = Markdown.Code(string.Join(' ', Assert.Single(refused.Problems).Remedy.Split(' ').Where(word => word.StartsWith('$')).Select(word => $"`{word.TrimEnd(',')}`")));

        Assert.Equal(known.Where(word => !word.Contains(':')).Order(), TableOf("reference").Skip(1).Select(row => row[0].Trim('`')).Order());
        Assert.All(known, word => Assert.Contains($"`{word}`", Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_command_in_it_exists()
    {
        var lines = Markdown.Blocks(Text, "sh").SelectMany(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries)).ToList();
        Assert.NotEmpty(lines);
        foreach (var line in lines)
        {
            var words = Word().Matches(line.Split(" > ")[0]).Select(match => match.Value.Trim('\'')).ToList();
            Assert.Equal("aiaccess", words[0]);
            Assert.Empty(Cli.Create().Parse(words[1..]).Errors);
        }

        var policy = Cli.Create().Subcommands.Single(command => command.Name == "policy");
        Assert.Equal(policy.Subcommands.Select(command => $"`{command.Name}`").Order(), TableOf("command").Skip(1).Select(row => row[0]).Order());
    }

    [Fact]
    public void Every_option_of_a_command_is_in_it_and_every_option_in_it_is_one()
    {
        var policy = Cli.Create().Subcommands.Single(command => command.Name == "policy");
        var known = policy.Subcommands.SelectMany(command => command.Options).Select(option => option.Name).Where(name => name.StartsWith("--", StringComparison.Ordinal) && name != "--help").Distinct();

        Assert.Equal(known.Order(StringComparer.Ordinal), Option().Matches(Text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>The words of a warning, "…" for what differs, are those of the program, and it has no others.</summary>
    [Fact]
    public void Every_warning_is_described()
    {
        var source = File.ReadAllText(Repository.PathOf($"src/AiAccessProxy/Policies/Linting/{nameof(PolicyLint)}.cs"));
        var warnings = Warn().Matches(source).Select(match => match.Groups[1].Value).ToList();
        var rows = TableOf("warning").Skip(1).Select(row => row[0].Trim('`')).ToList();

        Assert.True(warnings.Count >= 6);
        Assert.Equal(warnings.Count, rows.Count);
        Assert.All(warnings, warning => Assert.Single(rows, row => IsOf(row, warning)));
    }

    [Fact]
    public void Every_link_leads_somewhere()
    {
        Assert.All(Markdown.LocalLinks(Text).Where(link => link.Length > 0), link => Assert.True(Path.Exists(Repository.PathOf($"docs/{link}")), link));
        Assert.All(Anchor().Matches(Text).Select(match => (File: match.Groups[1].Value, Name: match.Groups[2].Value)), anchor =>
        {
            var page = anchor.File.Length == 0 ? Text : File.ReadAllText(Repository.PathOf($"docs/{anchor.File}"));
            Assert.Contains(anchor.Name, page.Split('\n').Where(line => line.StartsWith('#')).Select(line => line.TrimStart('#', ' ').ToLowerInvariant().Replace(' ', '-')));
        });
    }

    private static bool IsOf(string row, string warning)
    {
        var at = 0;
        foreach (var piece in row.Split('…', StringSplitOptions.RemoveEmptyEntries))
        {
            if ((at = warning.IndexOf(piece, at, StringComparison.Ordinal)) < 0) return false;
            at += piece.Length;
        }

        return true;
    }

    private static IReadOnlyList<string[]> TableOf(string head) => Markdown.Tables(Text).Single(table => table[0][0] == head);

    private static IEnumerable<string> Keys(string place) =>
        Resolved(place.Split('/')[1..].Aggregate(Schema.GetProperty(place.Split('/')[0]), (at, step) => Into(Resolved(at), step)))
            .GetProperty("properties").EnumerateObject().Select(property => property.Name);

    private static JsonElement Into(JsonElement schema, string step)
    {
        var next = Resolved(step == "*" ? schema.GetProperty("additionalProperties") : schema.GetProperty("properties").GetProperty(step));
        return step != "*" && next.TryGetProperty("items", out var items) ? items : next;
    }

    private static JsonElement Resolved(JsonElement schema) => schema.TryGetProperty("$ref", out var reference)
        ? Resolved(reference.GetString()!.Split('/')[2..].Aggregate(Schema, (at, step) => at.GetProperty(step)))
        : schema;

    private static void Collect(JsonElement at, HashSet<string> found)
    {
        if (at.ValueKind == JsonValueKind.Array) foreach (var item in at.EnumerateArray()) Collect(item, found);
        if (at.ValueKind != JsonValueKind.Object) return;
        if (at.TryGetProperty("additionalProperties", out _) && at.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
            found.Add(string.Join(' ', properties.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal)));
        foreach (var member in at.EnumerateObject()) Collect(member.Value, found);
    }

    [GeneratedRegex(@"^```.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex FenceOut();

    /// <summary>A word of a shell, of which quotes make one.</summary>
    [GeneratedRegex(@"'[^']*'|\S+")]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<![\w-])--[a-z][a-z-]*")]
    private static partial Regex Option();

    [GeneratedRegex(@"Warn\(route, rule, ""[^""]+"",\s*\$?""((?:[^""]|""(?!,))+)"",", RegexOptions.Singleline)]
    private static partial Regex Warn();

    [GeneratedRegex(@"\]\(([^)#]*)#([^)]+)\)")]
    private static partial Regex Anchor();
}
