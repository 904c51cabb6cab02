using AiAccessProxy.EndToEnd.Harness;

namespace AiAccessProxy.EndToEnd.Charts;

/// <summary>
/// Somebody follows docs/kubernetes.md. What needs a cluster, or an engine of containers, is done by stand-ins that understand what these would: helm's
/// renders the chart with the values that the page gives, kubectl's and docker's know the commands and what they are given.
/// </summary>
public class KubernetesPageTests
{
    private const string Helm = """
        #!/bin/bash
        set -euo pipefail
        verb=$1; shift
        [ "$verb" = test ] && { [ "$1" = access ]; exit; }
        [[ $verb = install || $verb = upgrade ]]; [ "$1" = access ]
        chart=$2; shift 2
        given=()
        while [ $# -gt 0 ]; do
            case $1 in
                -n) shift 2 ;;
                --reuse-values) given+=(-f "$ROOT/charts/ai-access-proxy/values-redis.yaml"); shift ;;
                -f) given+=(-f "$ROOT/$2"); shift 2 ;;
                --set) [[ $2 = envFrom* ]] || given+=(--set "$2"); shift 2 ;;
                *) echo "helm: what is $1?" >&2; exit 2 ;;
            esac
        done
        AIACCESS_RENDER=go "$ROOT/eng/render-chart.sh" --release access "${given[@]}" "$ROOT/$chart"
        """;

    private const string Kubectl = """
        #!/bin/bash
        set -euo pipefail
        case "$*" in
            "create namespace ai-access") ;;
            "-n ai-access create configmap policies --from-file=policies") [ -f policies/agents.yaml ] ;;
            "-n ai-access create secret generic "*) for given in "${@:7}"; do [[ $given =~ ^--from-literal=[A-Za-z_]+=.+$ ]]; done ;;
            "-n ai-access port-forward service/access-ai-access-proxy-control 8081") ;;
            "-n ai-access rollout status deployment/access-ai-access-proxy") ;;
            *) echo "kubectl: what is $*?" >&2; exit 2 ;;
        esac
        """;

    private const string Docker = """
        #!/bin/bash
        set -euo pipefail
        case "$1" in
            build) [ "$*" = "build -t ai-access-proxy ." ]; [ -f "$ROOT/Dockerfile" ] ;;
            run) [[ $* = *" --read-only "* && $* = *" ai-access-proxy" ]] ;;
            *) exit 2 ;;
        esac
        """;

    [Fact]
    public async Task Every_command_in_it_does_what_it_says()
    {
        using var scratch = new Scratch();
        var tools = scratch.Folder("tools");
        foreach (var (name, script) in new[] { ("helm", Helm), ("kubectl", Kubectl), ("docker", Docker) })
        {
            var path = Path.Combine(tools, name);
            await File.WriteAllTextAsync(path, script.ReplaceLineEndings("\n"), TestContext.Current.CancellationToken);
            await using var mode = ChildProcess.Start(Built.Tool("chmod"), ["+x", path]);
            Assert.Equal(0, await mode.ExitAsync(Eventually.Generous));
        }

        foreach (var file in Directory.EnumerateFiles(Path.Combine(Built.Root, "policies"), "*.yaml")) File.Copy(file, Path.Combine(scratch.Folder("policies"), Path.GetFileName(file)));
        var book = new Handbook(scratch.Root, "docs/kubernetes.md")
        {
            Environment =
            {
                ["PATH"] = $"{tools}:{Environment.GetEnvironmentVariable("PATH")}", ["ROOT"] = Built.Root, ["PAYMENTS_TOKEN"] = "upstream-secret", ["REDIS"] = "redis:6379",
            },
        };

        while (book.Left is [var next, ..])
        {
            var said = await book.RunAsync(next);
            if (!next.StartsWith("helm install", StringComparison.Ordinal) && !next.StartsWith("helm upgrade", StringComparison.Ordinal)) continue;
            Assert.Contains("name: access-ai-access-proxy", said, StringComparison.Ordinal);
            Assert.Contains(next.Contains("redis", StringComparison.Ordinal) || next.Contains("reuse", StringComparison.Ordinal) ? "kind: Deployment" : "kind: StatefulSet", said, StringComparison.Ordinal);
        }
    }
}
