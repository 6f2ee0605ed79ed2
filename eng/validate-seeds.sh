#!/usr/bin/env bash
# Do verdicts hold for other random numbers? meanfield validate --quick --seed k for k = 1 … n; names every claim that does not pass, exit 8 if there is one.
#
#   eng/validate-seeds.sh [n, 20] [V05 V09 ...]
set -euo pipefail
cd "$(dirname "$0")/.."

seeds=${1:-20}
shift || true
log=$(mktemp -d)
trap 'rm -rf "$log"' EXIT
wrong=0
for ((seed = 1; seed <= seeds; seed++)); do
  code=0
  ./meanfield validate "$@" --quick --seed "$seed" --out "$log/report" >"$log/table" 2>"$log/progress" || code=$?
  if ((code != 0 && code != 8)); then
    cat "$log/progress" >&2
    exit "$code"
  fi
  # 3/23  V05  passed  1.2 s  …
  if grep -E '^[0-9]+/[0-9]+  ' "$log/progress" | grep -vE '^[0-9/]+  [A-Z][0-9]+  (passed|refuted)' >"$log/wrong"; then
    wrong=$((wrong + $(wc -l <"$log/wrong")))
    sed "s/^/seed $seed: /" "$log/wrong"
    grep -E "^ +($(awk '{ print $2 }' "$log/wrong" | paste -sd'|' -)) " "$log/table" | sed 's/^/  /' || true
  else
    echo "seed $seed: every claim holds"
  fi
done
echo "$seeds seeds, $wrong verdicts that do not hold"
((wrong == 0)) || exit 8
