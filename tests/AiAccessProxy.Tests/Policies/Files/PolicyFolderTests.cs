using System.Text;
using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Files;

namespace AiAccessProxy.Tests.Policies.Files;

public sealed class PolicyFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("policies-").FullName;

    public PolicyFolderTests()
    {
        Write("agents.yaml", Some.AgentsYaml);
        Write("people.yaml", Some.PeopleYaml);
        Write("api.yaml", Some.RouteYaml("- { id: one, effect: allow, match: { paths: [\"/**\"] } }"));
    }

    [Fact]
    public async Task Policy_check_tells_every_problem_and_ends_with_2()
    {
        Write("api.yaml", Some.RouteYaml("- { id: one, effect: alow, match: {} }"));
        File.Delete(Path.Combine(_folder, "agents.yaml"));
        var (code, output, errors) = await CheckAsync(_folder);

        Assert.Equal(2, code);
        Assert.Equal("", output);
        Assert.Equal(
            [
                "agents.yaml: this file is missing; list the programs that may call in it",
                "api.yaml:7: rule one: effect: \"alow\" is not known here; did you mean allow? known are allow, deny, require_approval",
                "api.yaml:7: rule one: match: no condition is written here; write one; paths: [\"/**\"] is every call",
                $"3 problems; nothing of {_folder} would be taken over",
            ],
            errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Policy_check_of_a_right_folder_says_what_is_in_it_and_ends_with_0()
    {
        var (code, output, errors) = await CheckAsync(_folder);
        Assert.Equal(0, code);
        Assert.Matches($"^{_folder} is right: 1 route, 1 rule, 1 agent, 4 people; hash [0-9a-f]{{64}}\n$", output);
        Assert.Equal("", errors);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_a_problem_and_no_exception()
    {
        var (code, _, errors) = await CheckAsync(Path.Combine(_folder, "missing"));
        Assert.Equal(2, code);
        Assert.Contains("the folder cannot be read; see that it exists", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_policy_files_of_the_folder_itself_are_read()
    {
        var hash = Loaded().Hash;
        Write("notes.txt", "x");
        Write(".hidden.yaml", "x");
        Write("api.yaml.bak", "x");
        Directory.CreateDirectory(Path.Combine(_folder, "sub"));
        Write("sub/broken.yaml", "x");
        Assert.Equal(hash, Loaded().Hash);

        Write("more.yml", Some.RouteYaml("- { id: one, effect: deny, match: { paths: [\"/**\"] } }", route: "more"));
        var more = Loaded();
        Assert.NotEqual(hash, more.Hash);
        Assert.Equal(["api", "more"], more.Routes.Select(route => route.Id));
    }

    [Fact]
    public void A_file_of_more_than_eight_mebibytes_is_not_read()
    {
        Write("big.yaml", new string('#', (8 << 20) + 1));
        Assert.Equal("big.yaml: the file has more than 8 MiB; split it: one file a route", Assert.Single(Refused()).ToString());
    }

    [Fact]
    public void A_secret_file_that_is_too_large_or_no_text_is_a_problem_that_does_not_tell_it()
    {
        foreach (var (bytes, expected) in new (byte[], string)[] { (new byte[70_000], "has more than 64 KiB"), ([0xff, 0xfe], "cannot be read") })
        {
            File.WriteAllBytes(Path.Combine(_folder, "secret"), bytes);
            Write("api.yaml", Some.RouteYaml("- { id: one, effect: allow, match: { paths: [\"/**\"] } }",
                $"credentials: {{ a: {{ type: header, name: X, value: \"${{file:{Path.Combine(_folder, "secret")}}}\" }} }}"));
            Assert.Contains(expected, Assert.Single(Refused()).ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Mutations_of_right_files_give_problems_and_never_an_exception()
    {
        const int Seed = 20_261_121;
        var random = new Random(Seed);
        var originals = Directory.GetFiles(_folder).Select(path => (Path.GetFileName(path), Text: File.ReadAllBytes(path)))
            .Append(("payments.yaml", Text: File.ReadAllBytes(Architecture.Repository.PathOf("policies/payments.yaml")))).ToList();
        var (right, wrong) = (0, 0);
        for (var run = 0; run < Some.Runs(3_000); run++)
        {
            var chosen = random.Next(originals.Count);
            var files = originals.Select((file, at) => (file.Item1, at == chosen ? Mutated(random, file.Text) : file.Text)).ToList();
            try
            {
                if (PolicyFiles.Load(new PolicyFolder(files), _ => "secret") is PolicyLoad.Refused refused)
                {
                    wrong++;
                    Assert.NotEmpty(refused.Problems);
                    Assert.All(refused.Problems, problem => Assert.DoesNotContain('\n', problem.ToString()));
                }
                else
                {
                    right++;
                }
            }
            catch (Exception thrown) when (thrown is not Xunit.Sdk.IAssertionException)
            {
                Assert.Fail($"seed {Seed}, run {run}: {thrown}\n{Encoding.UTF8.GetString(files[chosen].Item2)}");
            }
        }

        Assert.True(right > 50 && wrong > 1_000, $"{right} right, {wrong} wrong");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static byte[] Mutated(Random random, byte[] file)
    {
        ReadOnlySpan<byte> special = "{}[]:,-#&*!|>'\"%@` \n\t\r\\$~0\0\u0085\u2028"u8;
        var bytes = file.ToList();
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0: bytes.RemoveAt(at); break;
                case 1: bytes.Insert(at, special[random.Next(special.Length)]); break;
                case 2: bytes[at] = special[random.Next(special.Length)]; break;
                case 3: bytes[at] = (byte)random.Next(256); break;
                case 4: bytes.RemoveRange(at, Math.Min(random.Next(60), bytes.Count - at)); break;
                default: bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count) / 2, Math.Min(40, bytes.Count / 2))); break;
            }

            if (bytes.Count == 0) bytes.Add((byte)'\n');
        }

        return [.. bytes];
    }

    private static async Task<(int Code, string Output, string Errors)> CheckAsync(string folder)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        return (await PolicyCheck.RunAsync(folder, isStrict: false, output, errors), output.ToString(), errors.ToString());
    }

    private PolicySnapshot Loaded() => Assert.IsType<PolicyLoad.Loaded>(PolicyFiles.Load(_folder)).Snapshot;

    private IReadOnlyList<PolicyProblem> Refused() => Assert.IsType<PolicyLoad.Refused>(PolicyFiles.Load(_folder)).Problems;

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
