namespace AiAccessProxy.Commands.Completing;

/// <summary>
/// What each shell is told. All of them hand the line so far, without the program's name, to the command line's own <c>[suggest]</c> directive. Words
/// that come back are compared and never evaluated.
/// </summary>
internal static class ShellScript
{
    public const string Bash = """
        # Completion of aiaccess for bash. In ~/.bashrc: eval "$(aiaccess completion bash)"
        _aiaccess() {
            local word=${COMP_WORDS[COMP_CWORD]} line=${COMP_LINE:0:COMP_POINT} found
            line=${line#"${COMP_WORDS[0]}"}
            line=${line#"${line%%[![:space:]]*}"}
            COMPREPLY=()
            while IFS= read -r found; do
                if [[ $found == "$word"* ]]; then COMPREPLY+=("$found"); fi
            done < <("${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2>/dev/null)
        }
        complete -o default -F _aiaccess aiaccess

        """;

    public const string Zsh = """
        #compdef aiaccess
        # Completion of aiaccess for zsh. In ~/.zshrc, after compinit: eval "$(aiaccess completion zsh)"
        _aiaccess() {
            local line="${(j: :)words[2,CURRENT]}"
            local -a found
            found=("${(@f)$("${words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null)}")
            if (( ${#found} )) && [[ -n ${found[1]} ]]; then compadd -- "${found[@]}"; else _files; fi
        }
        compdef _aiaccess aiaccess

        """;

    public const string Fish = """
        # Completion of aiaccess for fish. In config.fish: aiaccess completion fish | source
        function __aiaccess_complete
            set -l line (string replace -r '^\s*\S+\s*' '' -- (commandline -cp))
            aiaccess "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c aiaccess -a '(__aiaccess_complete)'

        """;

    public const string PowerShell = """
        # Completion of aiaccess for PowerShell. In $PROFILE: aiaccess completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName aiaccess -ScriptBlock {
            param($word, $ast, $position)
            $text = $ast.ToString().PadRight($position).Substring(0, $position)
            $line = $text -replace '^\s*\S+\s*', ''
            aiaccess "[suggest:$($line.Length)]" "$line" 2>$null | Where-Object { $_ -like "$([WildcardPattern]::Escape($word))*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }

        """;
}
