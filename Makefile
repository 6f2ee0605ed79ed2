# make demo   solve the metastable sphere and leave runs/metastable-sphere
# make compare  the published circle experiments and a sphere: density, particles, perturbation, side by side
# make test   everything that proves the program, set-up included
# make test-simd  the whole suite in 512-bit, 256-bit and scalar registers
# make validate  theorems and laws held against measurements
# make validate-seeds  the same for 20 other seeds (SEEDS=n), at the quick level
# make test-faults  faults planted in a copy of the sources, which validate must catch
# make mkl    install Intel MKL from Debian's non-free component, for method.fourier: mkl
# make format rewrite the sources in the house style

CONFIGURATION := Release
TESTS := dotnet test tests/Meanfield.Tests.csproj --configuration $(CONFIGURATION) --nologo

# Kernels in registers of every width this machine has; the results have the same bits.
SIMD := $(if $(shell grep -m1 -w avx512f /proc/cpuinfo),512) $(if $(shell grep -m1 -w avx2 /proc/cpuinfo),256) scalar

KERNELS := FullyQualifiedName~Meanfield.Tests.Spectral|FullyQualifiedName~Meanfield.Tests.Solver

.PHONY: demo compare test test-simd test-simd-kernels test-faults bench validate validate-seeds format format-check build setup setup-test setup-bench mkl clean

demo: setup
	./meanfield run examples/metastable-sphere.yaml --overwrite
	@echo
	@echo "The run is in runs/metastable-sphere: result.h5 for h5py and xarray, series.csv,"
	@echo "fields.vtkhdf for ParaView 5.12 and later, fields.xdmf for ParaView 5.11 and earlier."

# About three minutes.
compare: setup
	examples/compare.sh

test: setup-test
	$(TESTS)

test-simd: setup-test
	set -e; for simd in $(SIMD); do echo "MEANFIELD_SIMD=$$simd"; MEANFIELD_SIMD=$$simd $(TESTS); done

# The tests of the kernels and of the flow only, in the narrower registers: under a minute.
test-simd-kernels: setup-test
	set -e; for simd in $(filter-out 512,$(SIMD)); do echo "MEANFIELD_SIMD=$$simd"; MEANFIELD_SIMD=$$simd $(TESTS) --filter "$(KERNELS)"; done

# Each fault is built and `validate --quick` run on the claims that it breaks: under ten minutes.
test-faults: setup-test
	MEANFIELD_FAULTS=1 $(TESTS) --filter FullyQualifiedName~PlantedFault

# Right-hand sides and transforms beside libsharp, NumPy and MathNet in the same run; writes artifacts/bench.json.
bench: setup-bench
	dotnet run --project benchmarks/Meanfield.Benchmarks.csproj --configuration $(CONFIGURATION)

# Theorems and laws held against measurements: runs/validation/report.html.
validate: setup
	./meanfield validate

validate-seeds: setup
	eng/validate-seeds.sh $(or $(SEEDS),20)

format:
	dotnet format Solver.sln

# The sources are in the house style already.
format-check:
	dotnet format Solver.sln --verify-no-changes

build:
	dotnet build Solver.sln --configuration $(CONFIGURATION) --nologo

setup:
	@eng/setup.sh run

setup-test:
	@eng/setup.sh test

setup-bench:
	@eng/setup.sh bench

mkl:
	@eng/setup.sh mkl

clean:
	rm -rf artifacts runs src/*/bin src/*/obj tests/bin tests/obj validation/bin validation/obj benchmarks/bin benchmarks/obj
