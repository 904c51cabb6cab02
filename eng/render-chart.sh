#!/usr/bin/env bash
# Renders the chart: eng/render-chart.sh [--release NAME] [-f VALUES.yaml]… [--set key=value]… [CHART]. The release is called test unless it is
# said first. By helm where it is installed, and otherwise by the program in eng/render-chart, which needs Debian's golang-go, golang-github-masterminds-sprig-dev and golang-gopkg-yaml.v3-dev, and is stricter.
#   AIACCESS_RENDER=go     leaves helm out
#   --build                builds that program and ends
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
built=${AIACCESS_RENDER_CHART:-$here/../artifacts/render-chart/render-chart}

build() {
    local newest
    newest=$(ls -t "$here"/render-chart/*.go | head -1)
    [ -x "$built" ] && [ "$built" -nt "$newest" ] && return
    mkdir -p "$(dirname "$built")"
    # Debian's Go libraries lie in a GOPATH of their own; nothing is fetched.
    GO111MODULE=off GOPATH=/usr/share/gocode GOFLAGS=-buildvcs=false go build -o "$built.new" "$here"/render-chart/*.go
    mv "$built.new" "$built"
}

if [ "${1:-}" = --build ]; then build; exit; fi
release=test
if [ "${1:-}" = --release ]; then release=${2:?a name}; shift 2; fi
arguments=("$@")
[ $# -gt 0 ] && [ -d "${arguments[-1]}" ] || arguments+=("$here/../charts/ai-access-proxy")
if [ "${AIACCESS_RENDER:-}" != go ] && command -v helm >/dev/null; then
    exec helm template "$release" "${arguments[-1]}" "${arguments[@]:0:${#arguments[@]}-1}"
fi
build
exec "$built" -release "$release" "${arguments[@]}"
