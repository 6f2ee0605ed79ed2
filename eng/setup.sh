#!/usr/bin/env bash
# Installs the native packages: `run` for the program and its build, `test` for the tests as well, `bench` for the benchmarks' peers,
# `mkl` for Intel MKL. Does nothing when they are there.
set -euo pipefail
cd "$(dirname "$0")/.."

build_packages=() # npm fetches what report pages carry; Node.js 18 or later, wherever it is from
command -v npm >/dev/null || build_packages=(nodejs npm)
run_packages=(libhdf5-103-1 libhdf5-hl-100 "${build_packages[@]}")
test_packages=("${run_packages[@]}" libfftw3-double3 chromium
  python3-h5py python3-numpy python3-scipy python3-mpmath python3-xarray python3-h5netcdf
  paraview python3-paraview xvfb xauth libgl1-mesa-dri)
bench_packages=(libsharp0 python3-numpy libfftw3-double3 "${build_packages[@]}")
mkl_packages=(libmkl-rt libmkl-core libmkl-intel-lp64 libmkl-sequential libmkl-avx2 libmkl-avx512 libmkl-def)

case "${1:-}" in
  run) packages=("${run_packages[@]}") ;;
  test) packages=("${test_packages[@]}") ;;
  bench) packages=("${bench_packages[@]}") ;;
  mkl) packages=("${mkl_packages[@]}") ;;
  *)
    echo "usage: eng/setup.sh run|test|bench|mkl" >&2
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

added=
forget_added_source() {
  [[ -z $added ]] || "${as_root[@]}" rm -f "$added"
}

# Debian's non-free component, from wherever this machine gets the main one. Taken back if the packages cannot be had,
# because a source that cannot be read breaks every later update.
add_non_free() {
  local codename entry
  codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
  entry=$(awk -v codename="$codename" -f eng/non-free.awk /etc/apt/sources.list.d/*.sources 2>/dev/null || true)
  added=/etc/apt/sources.list.d/debian-non-free.sources
  if [[ -z $entry ]]; then
    entry=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null | awk -v codename="$codename" -f eng/non-free.awk || true)
    added=/etc/apt/sources.list.d/debian-non-free.list
  fi
  if [[ -z $entry || -e $added ]]; then
    added=
    echo "no apt source of Debian '$codename' main to copy, or its non-free component is there and does not help" >&2
    exit 1
  fi
  trap forget_added_source EXIT
  "${as_root[@]}" tee "$added" <<<"$entry" >/dev/null
}

"${as_root[@]}" apt-get update --quiet --quiet
if [[ $1 == mkl ]]; then
  if ! apt-get install --simulate --no-install-recommends "${mkl_packages[@]}" >/dev/null 2>&1; then
    add_non_free
    "${as_root[@]}" apt-get update --quiet --quiet
  fi
  # MKL stays one library among others: it does not become the machine's BLAS.
  "${as_root[@]}" debconf-set-selections <<'ANSWERS'
libmkl-rt libmkl-rt/use-as-default-blas-lapack boolean false
libmkl-rt libmkl-rt/exact-so-3-selections multiselect
ANSWERS
fi
"${as_root[@]}" apt-get install --yes --quiet --no-install-recommends "${missing[@]}"
trap - EXIT
