using System.Text.RegularExpressions;
using AiAccessProxy.EndToEnd.Harness;

namespace AiAccessProxy.EndToEnd.Charts;

/// <summary>The Dockerfile, as far as it goes without an engine of containers: what it copies is there, what it runs builds the program, which writes nowhere but to its data.</summary>
public partial class ImageTests
{
    private static readonly string[] Lines =
        [.. Continued().Replace(File.ReadAllText(Path.Combine(Built.Root, "Dockerfile")), " ").Split('\n').Where(line => line.Length > 0 && !line.StartsWith('#'))];

    /// <summary>The first stage's <c>COPY</c>: sources, and where to.</summary>
    private static IEnumerable<string[]> Copies => Lines.TakeWhile(line => !line.StartsWith("FROM mcr.microsoft.com/dotnet/aspnet", StringComparison.Ordinal))
        .Where(line => line.StartsWith("COPY ", StringComparison.Ordinal)).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..]);

    [Fact]
    public void What_it_copies_is_there_and_not_ignored()
    {
        var admitted = File.ReadLines(Path.Combine(Built.Root, ".dockerignore")).Where(line => line.StartsWith('!')).Select(line => line[1..]).ToList();
        foreach (var source in Copies.SelectMany(copy => copy[..^1]))
        {
            Assert.True(Path.Exists(Path.Combine(Built.Root, source)), source);
            Assert.Contains(admitted, path => source == path || source.StartsWith($"{path}/", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void It_ends_as_somebody_who_is_not_root_with_a_health_check_that_needs_no_shell()
    {
        Assert.Contains("USER $APP_UID", Lines);
        Assert.Contains(Lines, line => line.StartsWith("HEALTHCHECK", StringComparison.Ordinal) && line.EndsWith("CMD [\"/usr/bin/dotnet\", \"/app/aiaccess.dll\", \"probe\"]", StringComparison.Ordinal));
        Assert.Contains("-chiseled", Lines.Last(line => line.StartsWith("FROM ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.DoesNotContain(Lines.SkipWhile(line => !line.Contains("-chiseled", StringComparison.Ordinal)), line => line.StartsWith("RUN ", StringComparison.Ordinal));
        Assert.All(Lines.Where(line => line.StartsWith("ENTRYPOINT", StringComparison.Ordinal)), line => Assert.Contains('[', line));
    }

    /// <summary>In the long run the program is built as the Dockerfile builds it; in the short one the tests' own build stands for it.</summary>
    [Fact]
    public async Task The_program_writes_nowhere_but_to_its_data_while_calls_are_made_and_held()
    {
        using var scratch = new Scratch();
        await using var upstream = new RawUpstream();
        var (home, temporary, program) = (scratch.Folder("home"), scratch.Folder("tmp"), LongRun.IsAskedFor ? await BuildAsync(scratch) : Built.Program);
        var before = Files(Path.GetDirectoryName(program)!);
        var policies = new PolicyFolder(scratch.Folder("policies")).Route("api", upstream.Address, Rules.WritesWait);
        var variables = EnvironmentOf(home, temporary, policies.Path, scratch.Folder("data"));

        await using var child = ChildProcess.Start("/bin/sh", ["-c", "cd \"$0\" && exec \"$@\"", home, Built.Dotnet, program, "serve"], variables);
        var (agents, console) = (new Uri((await child.LineAsync("agents "))[6..].Trim()), new Uri((await child.LineAsync("console "))[7..].Trim()));
        using var bot = new Agent(agents, policies.Bot);
        using var grace = new Reviewer(console, "grace", policies.KeyOf("grace"));
        var held = bot.DeleteAsync("/api/things/1");
        Assert.Equal(200, (await grace.ApproveAsync(await grace.OnlyPendingAsync())).Status);
        Assert.Equal(200, (await held).Status);
        Assert.Equal(0, await child.StopAsync());

        Assert.Empty(Files(home));
        Assert.Empty(Files(temporary));
        Assert.Equal(before, Files(Path.GetDirectoryName(program)!));
    }

    /// <summary>The image's own variables, with this test's folders and free ports.</summary>
    private static Dictionary<string, string?> EnvironmentOf(string home, string temporary, string policies, string data)
    {
        var variables = Variable().Matches(Lines.Single(line => line.StartsWith("ENV ", StringComparison.Ordinal))).ToDictionary(match => match.Groups[1].Value, match => (string?)match.Groups[2].Value);
        Assert.Equal(("/policies", "/data"), (variables["AIACCESS__POLICIES__FOLDER"], variables["AIACCESS__LEDGER__FOLDER"]));
        (variables["AIACCESS__POLICIES__FOLDER"], variables["AIACCESS__LEDGER__FOLDER"]) = (policies, data);
        (variables["AIACCESS__GATE__URL"], variables["AIACCESS__CONTROL__URL"]) = ("http://127.0.0.1:0", "http://127.0.0.1:0");
        (variables["HOME"], variables["TMPDIR"]) = (home, temporary);
        return variables;
    }

    /// <summary>What the first stage does, in folders of the test's own.</summary>
    private static async Task<string> BuildAsync(Scratch scratch)
    {
        var (source, app) = (scratch.Folder("source"), scratch.Folder("app"));
        foreach (var copy in Copies)
        {
            var (from, to) = (string.Join(' ', copy[..^1].Select(path => $"'{Path.Combine(Built.Root, path)}'")), Path.Combine(source, copy[^1]));
            var command = Directory.Exists(Path.Combine(Built.Root, copy[0]))
                ? $"mkdir -p '{to}' && tar -C {from} -c --exclude bin --exclude obj . | tar -C '{to}' -x"
                : $"mkdir -p '{to}' && cp {from} '{to}'";
            await ShellAsync(source, command);
        }

        foreach (var run in Lines.Where(line => line.StartsWith("RUN ", StringComparison.Ordinal)))
            await ShellAsync(source, run[4..].Replace("--output /app", $"--output '{app}'", StringComparison.Ordinal).Replace("&& mkdir /data", "", StringComparison.Ordinal));
        return Path.Combine(app, "aiaccess.dll");
    }

    private static async Task ShellAsync(string folder, string command)
    {
        await using var shell = ChildProcess.Start("/bin/bash", ["-euc", $"cd '{folder}'; {command}"]);
        Assert.True(await shell.ExitAsync(TimeSpan.FromMinutes(10)) == 0, shell.Output + shell.Errors);
    }

    private static IReadOnlyList<string> Files(string folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"\s*\\\n\s*")]
    private static partial Regex Continued();

    [GeneratedRegex(@"(\w+)=(\S+)")]
    private static partial Regex Variable();
}
