#!/usr/bin/env bash
# Installs the native packages: `run` for the program, `test` for the tests as well, `bench` for the benchmarks' peers. Does nothing when they are there.
set -euo pipefail

run_packages=(libhdf5-103-1 libhdf5-hl-100)
test_packages=("${run_packages[@]}"
  python3-h5py python3-numpy python3-scipy python3-mpmath python3-xarray python3-h5netcdf
  paraview python3-paraview xvfb xauth libgl1-mesa-dri)
bench_packages=(libsharp0 python3-numpy)

case "${1:-}" in
  run) packages=("${run_packages[@]}") ;;
  test) packages=("${test_packages[@]}") ;;
  bench) packages=("${bench_packages[@]}") ;;
  *)
    echo "usage: eng/setup.sh run|test|bench" >&2
    exit 2
    ;;
esac

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  echo "eng/setup.sh installs Debian packages; on this system install the equivalents of: ${packages[*]}" >&2
  exit 1
fi

missing=()
for package in "${packages[@]}"; do
  status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
  [[ $status == installed* ]] || missing+=("$package")
done
if ((${#missing[@]} == 0)); then
  echo "native packages for '$1': all present"
  exit 0
fi

as_root=()
if ((EUID != 0)); then
  if ! command -v sudo >/dev/null; then
    echo "these packages are missing and need root to install: ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi

as_root+=(env DEBIAN_FRONTEND=noninteractive)
"${as_root[@]}" apt-get update --quiet --quiet
"${as_root[@]}" apt-get install --yes --quiet --no-install-recommends "${missing[@]}"
