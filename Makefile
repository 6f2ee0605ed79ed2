# make demo   solve the metastable sphere and leave runs/metastable-sphere
# make test   everything that proves the program, set-up included
# make mkl    install Intel MKL from Debian's non-free component, for method.fourier: mkl
# make format rewrite the sources in the house style

CONFIGURATION := Release
TESTS := dotnet test tests/Meanfield.Tests.csproj --configuration $(CONFIGURATION) --nologo

.PHONY: demo test bench validate format format-check build setup setup-test setup-bench mkl clean

demo: setup
	./meanfield run examples/metastable-sphere.yaml --overwrite
	@echo
	@echo "The run is in runs/metastable-sphere: result.h5 for h5py and xarray, series.csv,"
	@echo "fields.vtkhdf for ParaView 5.12 and later, fields.xdmf for ParaView 5.11 and earlier."

test: setup-test
	$(TESTS)

# Right-hand sides and transforms beside libsharp, NumPy and MathNet in the same run; writes artifacts/bench.json.
bench: setup-bench
	dotnet run --project benchmarks/Meanfield.Benchmarks.csproj --configuration $(CONFIGURATION)

# Whole runs against independent solvers and closed-form laws.
validate: setup-test
	$(TESTS) --filter "FullyQualifiedName~Meanfield.Tests.Solver"

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
