namespace Meanfield.Tests.Validation;

/// <summary>One thing wrong in one place of the sources.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="File">The source, from the root of the checkout.</param>
/// <param name="Right">Text that occurs there once.</param>
/// <param name="Wrong">What takes its place.</param>
/// <param name="Caught">Claims that must fail.</param>
/// <param name="Spared">Claims about other parts of the program, which must hold all the same.</param>
internal sealed record PlantedFault(string Name, string File, string Right, string Wrong, string[] Caught, string[] Spared)
{
    private const string Kernel = "src/Spectral/Kernels/AttentionKernel.cs", Rates = "src/Spectral/Kernels/Attention.cs", Gradient = "src/Spectral/Transforms/Legendre/SurfaceGradient.cs",
        Direct = "src/Solver/Tokens/DirectForce.cs", Tokens = "src/Solver/Tokens/TokenSimulation.cs";

    /// <summary>The faults.</summary>
    public static IReadOnlyList<PlantedFault> All { get; } =
    [
        new("the convolution is reflected, W(−x·y)", Kernel,
            "Beta < 0 && (degree & 1) == 1 ? -1 : 1;", "(degree & 1) == 1 ? -1 : 1;", ["V01", "V03", "V08"], ["V29", "V55"]),
        new("β is squared in the kernel", Kernel,
            "double size = Math.Abs(beta);", "double size = beta * beta;", ["V01", "V08"], ["V29", "V49"]),
        new("growth rates are divided by π", Rates,
            "* (kernel.Multiplier(Normalization, degree) - Noise);", "* (kernel.Multiplier(Normalization, degree) - Noise) / Math.PI;", ["V02", "V03", "V04"], ["V01", "V07", "V29"]),
        new("noise has half its coefficient", Rates,
            "(kernel.Multiplier(Normalization, degree) - Noise);", "(kernel.Multiplier(Normalization, degree) - 0.5 * Noise);", ["V35"], ["V03", "V08", "V51"]),
        new("the Laplacian is ℓ(ℓ+1) in every dimension", "src/Spectral/Harmonics/HarmonicBasis.cs",
            "(double)degree * (degree + dimension - 2);", "(double)degree * (degree + 1);", ["V02", "V03", "V06", "V07"], ["V01", "V29"]),
        new("the density's softmax lacks 1/Z", "src/Spectral/Transforms/WeightedGradient.cs",
            "T g = (T.Load(density + i) - shift + (partition - d)) / d;", "T g = T.Load(density + i);", ["V08"], ["V03", "V35", "V29"]),
        new("sine and cosine are not exchanged by ∂_φ", Gradient,
            "(order * Swap(here)).Store(longitude);", "(order * here).Store(longitude);", ["V08"], ["V03", "V35"]),
        new("a sign is wrong in the gradient on the sphere", Gradient,
            "(down * below - up * above).Store(colatitude);", "(down * below + up * above).Store(colatitude);", ["V08"], ["V03", "V04"]),
        new("Gauss weights lack 1 − t²", "src/Spectral/Quadrature/GaussGegenbauerRule.cs",
            "weight = oneMinusSquare / (previous * previous);", "weight = 1 / (previous * previous);", ["V01", "V02", "V08"], ["V03", "V29"]),
        new("the tokens' softmax lacks 1/Z", Direct,
            "double factor = softmax ? 1 / partition : _seen", "double factor = softmax ? 1 : _seen", ["V29"], ["V03", "V55"]),
        new("tokens do not count themselves in Z", Direct,
            "double partition = total[_width * PairSums.Rows + r], along = 0;", "double partition = total[_width * PairSums.Rows + r] - (softmax ? Model.Weight(i, Count) : 0), along = 0;", ["V29"], ["V03", "V55"]),
        new("the energy lacks its ½", "src/Solver/Density/DensityObserver.cs",
            "return 0.5 * sum;", "return sum;", ["V55"], ["V03", "V29"]),
        new("a checkpoint holds the state of the step before", "src/Solver/Density/DensitySimulation.cs",
            "_flow.Oversampling, _stepper.State.ToArray(), _controller.Step", "_flow.Oversampling, _stepper.Candidate.ToArray(), _controller.Step", ["X01"], ["V03", "V35"]),
        new("a resumed run forgets its step control", Tokens,
            "DormandPrinceEight.EmbeddedOrder, from.PreviousRatio);", "DormandPrinceEight.EmbeddedOrder);", ["X01"], ["V29", "V55"]),
        new("noise starts anew after a resumption", Tokens,
            "_noisy!.Step(step, _steps);", "_noisy!.Step(step, _noisy.Evaluations);", ["X01"], ["V29", "V55"]),
        new("directions are drawn from half the circle", "src/Solver/Initial/RandomNumbers.cs",
            "Math.SinCos(2 * Math.PI * NextUniform())", "Math.SinCos(Math.PI * NextUniform())", ["V09"], ["V03", "V29"]),
        new("the adjoint lacks the potential's part", "src/Training/Flow/ControlledFlow.cs",
            "TensorPrimitives.Add(state[..Kernel.Count], _potential, state[..Kernel.Count]);", "", ["V49", "V51"], ["V55"]),
        new("the adjoint lacks the first stage", "src/Training/Flow/DiscreteFlow.cs",
            "for (int j = 0; j < i; j++) Weigh(i, j, _bar, clear: false);", "for (int j = 1; j < i; j++) Weigh(i, j, _bar, clear: false);", ["V49"], ["V03", "V55"]),
        new("the Hamiltonian counts the control twice", "src/Training/Optimization/Hamiltonian.cs",
            "+ 0.5 * problem.Regularization *", "+ problem.Regularization *", ["V50"], ["V49", "V55"]),
    ];

    /// <summary>The fault of a name.</summary>
    public static PlantedFault Named(string name) => All.Single(fault => fault.Name == name);

    /// <summary>The source with the fault in it.</summary>
    public string Plant(string text) => text.Replace(Right, Wrong, StringComparison.Ordinal);
}
