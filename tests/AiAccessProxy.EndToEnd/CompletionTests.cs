using AiAccessProxy.EndToEnd.Harness;

namespace AiAccessProxy.EndToEnd;

/// <summary>A real bash that was told how to complete.</summary>
public class CompletionTests
{
    /// <summary>As bash itself calls the function: the line, where the cursor is, and the words.</summary>
    private const string Press = """
        eval "$(aiaccess completion bash)"
        complete -p aiaccess
        press() {
            COMP_LINE=$1 COMP_POINT=${#1}
            read -ra COMP_WORDS <<< "$1"
            if [[ $1 == *' ' ]]; then COMP_WORDS+=(''); fi
            COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
            _aiaccess
            echo "$1|${COMPREPLY[*]:-}"
        }

        """;

    [Fact]
    public async Task Bash_completes_commands_values_and_the_ids_that_the_server_tells()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.WritesWait, "hold: 0s"));
        await world.Agent().DeleteAsync("/api/things/1");
        var ticket = await world.Reviewer("grace").OnlyPendingAsync();

        var told = await Terminal.Of(world, "grace").RunAsync(Press + $"""
            press 'aiaccess tic'
            press 'aiaccess tickets list --risk c'
            press 'aiaccess tickets approve t_'
            press 'aiaccess agents suspend '
            press 'aiaccess agents keys revoke bot j'
            """);

        Assert.Contains("complete -o default -F _aiaccess aiaccess", told, StringComparison.Ordinal);
        Assert.Contains("aiaccess tic|tickets\n", told, StringComparison.Ordinal);
        Assert.Contains("--risk c|critical\n", told, StringComparison.Ordinal);
        Assert.Contains($"approve t_|{ticket}\n", told, StringComparison.Ordinal);
        Assert.Matches(@"suspend \|.*\bbot\b.*\bother\b", told);
        Assert.EndsWith("revoke bot j|joans", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_server_bash_completes_what_the_program_knows_and_says_nothing()
    {
        var (code, output, errors) = await new Terminal(new("http://127.0.0.1:1"), "aip_any").TryAsync(Press + "press 'aiaccess tickets app'\npress 'aiaccess tickets approve t_'");

        Assert.Equal((0, ""), (code, errors));
        Assert.EndsWith("aiaccess tickets app|approve\naiaccess tickets approve t_|", output, StringComparison.Ordinal);
    }
}
