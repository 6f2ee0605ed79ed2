#!/bin/sh
# Theory, density, particles and perturbation series side by side (docs/phases.md): the published circle experiments at beta = 5 and 7
# (arXiv 2410.23228), the same models from a quiet start, the mean-field limit, and a sphere. Runs and figures go to runs/compare.
set -e
cd "$(dirname "$0")/.."
out=runs/compare
mkdir -p "$out"

# solve NAME CASE [KEY=VALUE...]
solve() {
    name=$1 case=$2
    shift 2
    for setting in "$@"; do set -- "$@" --set "$setting"; shift; done
    ./meanfield run "$case" --out "$out/$name" --overwrite --quiet --set output.fields=false "$@"
}

# side_by_side TITLE RUN...
side_by_side() {
    title=$1
    shift
    printf '\n== %s\n' "$title"
    (cd "$out" && ../../meanfield compare "$@" --out "$title")
}

# published BETA UNTIL: the density of the published tokens, those tokens, other numbers of tokens, the expansion of the density's data
published() {
    case=examples/circle-beta$1.yaml
    solve "beta$1-density" "$case" method.handover=characteristics "time.until=$2"
    solve "beta$1-series" "$case" method.scheme=perturbation "time.until=$2" || echo "compare: the series at beta = $1 ends before t = $2"
    solve "beta$1-particles" "$case" method.scheme=particles "time.until=$2"
    runs="beta$1-density beta$1-particles"
    [ ! -f "$out/beta$1-series/result.h5" ] || runs="$runs beta$1-series"
    for count in 1000 10000 100000 1000000; do
        solve "beta$1-n$count" "$case" method.scheme=particles method.tolerance=1e-6 "initial.tokens.count=$count" "time.until=$2"
        runs="$runs beta$1-n$count"
    done
    side_by_side "beta$1" $runs
}

# quiet BETA Q EVERY UNTIL: evenly spaced tokens, displaced by little, show the rates of linear theory to many digits
quiet() {
    python3 examples/quiet_tokens.py "$2" "$out/quiet$1.npy"
    cat > "$out/quiet$1.yaml" <<CASE
title: Quiet start, beta = $1
dimension: 2
attention: {normalization: none, beta: $1}
initial: {file: {path: quiet$1.npy}}
time: {until: $4, every: $3}
CASE
    solve "quiet$1-density" "$out/quiet$1.yaml"
    solve "quiet$1-particles" "$out/quiet$1.yaml" method.scheme=particles
    solve "quiet$1-series" "$out/quiet$1.yaml" method.scheme=perturbation || echo "compare: the series at beta = $1 ends before t = $4"
    side_by_side "quiet$1" "quiet$1-density" "quiet$1-particles" "quiet$1-series"
}

published 5 0.5
published 7 0.09
quiet 5 3 0.005 0.7
quiet 7 4 0.001 0.105

limit=examples/compare/mean-field-limit.yaml
solve limit-density $limit
runs=limit-density
for count in 1000 10000 100000 1000000; do
    solve "limit-n$count" $limit method.scheme=particles "method.tokens=$count" "method.seed=$count"
    runs="$runs limit-n$count"
done
side_by_side limit $runs

sphere=examples/compare/sphere-beta5.yaml
solve sphere-density $sphere
solve sphere-particles $sphere method.scheme=particles
solve sphere-series $sphere method.scheme=perturbation method.bandlimit=24 || echo "compare: the series on the sphere ends before t = 0.6"
side_by_side sphere sphere-density sphere-particles sphere-series
