#!/usr/bin/env bash
# Runs every test from a fresh clone: ./test.sh, or ./test.sh long for larger generators.
# Installs what the tests need beyond NuGet. Ends with one line, "N passed, N failed"; the exit code is 0 only when nothing failed.
set -uo pipefail
cd "$(dirname "$0")" || exit 1

configuration=Release
limit=15m
results=$PWD/artifacts/tests

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en
case "${1:-}" in
    "") ;;
    long) export AIACCESS_TESTS_LONG=1 limit=3h ;;
    *) echo "usage: $0 [long]" >&2; exit 2 ;;
esac

passed=0 failed=0 skipped=0
rm -rf "$results"

end() {
    local line="$passed passed, $failed failed"
    tell
    [ "$skipped" -gt 0 ] && line="$line, $skipped skipped"
    echo "$line"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
    exit $?
}

# tell: which tests failed and in which words, from the reports, after all else that was printed.
tell() {
    local report
    for report in "$results"/*.xml; do
        [ -e "$report" ] || continue
        awk 'BEGIN { RS = "<test " } / result="Fail"/ {
            match($0, / name="[^"]*"/)
            name = substr($0, RSTART + 7, RLENGTH - 8)
            message = $0
            if (!sub(/.*<message>(<!\[CDATA\[)?/, "", message)) message = ""
            sub(/(\]\]>)?<\/message>.*/, "", message)
            print "failed " name "\n" substr(message, 1, 2000)
        }' "$report"
    done
}

stop() {
    echo "test.sh: $1" >&2
    failed=$((failed + 1))
    end
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

# need COMMAND PACKAGE...: the command is there, or the first of the Debian packages that brings it is installed now.
need() {
    local command=$1 package
    shift
    has "$command" && return
    command -v apt-get >/dev/null || stop "$command is missing; install it (there is no apt-get here to do it)"
    echo "installing $command"
    for package in "$@"; do
        install "$package" && has "$command" && return
        as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq update >/dev/null
        install "$package" && has "$command" && return
    done
    stop "$command is missing and apt-get cannot install it (tried: $*)"
}

has() {
    case $1 in
        chromium) AIACCESS_TESTS_CHROMIUM=${AIACCESS_TESTS_CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)} ;;
        sprig) [ -d /usr/share/gocode/src/github.com/Masterminds/sprig ] ;;
        go-yaml) [ -d /usr/share/gocode/src/gopkg.in/yaml.v3 ] ;;
        *) command -v "$1" >/dev/null ;;
    esac
}

install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$1" >/dev/null || return 1
    # The tests start their own on a free port; the one that the package has just started is not wanted.
    case $1 in prometheus | redis-server)
        if command -v systemctl >/dev/null; then as_root systemctl --quiet disable --now "$1"; fi ;;
    esac
    return 0
}

# count PROJECT EXIT_CODE: adds what the project's report says. No report, no tests or an exit code without a failed test is a failure.
count() {
    local report=$results/$1.xml totals
    totals=$(grep -o '<assembly [^>]*>' "$report" 2>/dev/null | head -1)
    number() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$totals"; }
    if [ -z "$totals" ]; then stop "$1 wrote no report (exit code $2)"; fi
    local p f s e
    p=$(number passed) f=$(number failed) s=$(number skipped) e=$(number errors)
    f=$((f + e))
    if [ $((p + f)) -eq 0 ]; then echo "test.sh: $1 ran no tests" >&2; f=1; fi
    if [ "$2" -ne 0 ] && [ "$f" -eq 0 ]; then echo "test.sh: $1 ended with exit code $2" >&2; f=1; fi
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
}

command -v dotnet >/dev/null || stop "dotnet is missing: install the .NET 10 SDK (https://dotnet.microsoft.com/download)"
need curl curl
need jq jq
need chromium chromium chromium-browser
need prometheus prometheus
need npm npm
need redis-server redis-server
need openssl openssl
# Helm renders the chart where it is there; the stricter program in eng/render-chart does everywhere.
need go golang-go
need sprig golang-github-masterminds-sprig-dev
need go-yaml golang-gopkg-yaml.v3-dev
eng/render-chart.sh --build || stop "the program that renders the chart cannot be built"
npm ci --prefix tests/Accessibility --ignore-scripts --no-audit --no-fund --silent || stop "npm cannot install axe-core"
npm ci --prefix tests/Schema --no-audit --no-fund --silent || stop "npm cannot install the validator of JSON schemas"
npm ci --prefix tests/Cards --ignore-scripts --no-audit --no-fund --silent || stop "npm cannot install the renderer of Adaptive Cards"
npm ci --prefix tests/Charts --ignore-scripts --no-audit --no-fund --silent || stop "npm cannot install the schemas of Kubernetes"
npm ci --prefix tests/Oidc --no-audit --no-fund --silent || stop "npm cannot install the OpenID provider"
npm ci --prefix tests/Playground --ignore-scripts --no-audit --no-fund --silent || stop "npm cannot install the playground of Teams"
npm ci --prefix tests/OpenApi --ignore-scripts --no-audit --no-fund --silent || stop "npm cannot install the validator of OpenAPI documents"
export AIACCESS_TESTS_CHROMIUM

dotnet build AiAccessProxy.sln --configuration "$configuration" --nologo -v quiet || stop "the build failed"
# The third part of dotnet format, the analyzers, is what the build has just run: there a warning is an error.
for part in whitespace style; do
    dotnet format "$part" AiAccessProxy.sln --no-restore --verify-no-changes && continue
    echo "test.sh: dotnet format $part would change files" >&2
    failed=$((failed + 1))
done

for path in $(grep -l '<IsTestProject>true' tests/*/*.csproj); do
    project=$(basename "$path" .csproj)
    echo "== $project"
    dotnet "tests/$project/bin/$configuration/net10.0/$project.dll" \
        --report-xunit --report-xunit-filename "$project.xml" --results-directory "$results" --timeout "$limit" --no-progress
    count "$project" $?
done
end
