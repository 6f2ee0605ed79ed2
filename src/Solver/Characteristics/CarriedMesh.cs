using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>
/// A density carried by a flow: panels of labels whose nodes move as tokens of fixed mass. Where the map stretches a panel beyond what its
/// polynomial resolves (as across the border of two basins), the panel is split; masses are exact throughout.
/// </summary>
public sealed class CarriedMesh
{
    /// <summary>With all nodes in use an error must be this much larger than the tolerance to be worth a split: nodes left are kept for what matters.</summary>
    private const double LeastPatience = 1e6;

    /// <summary>Share of the whole mass below which an unresolved panel is weighed as if it had this mass.</summary>
    private const double LightestShare = 0.01;

    private readonly LabelSpace _space;
    private readonly PanelRule _rule;
    private readonly MeshSettings _settings;
    private readonly List<CarriedPanel> _panels = [];
    private double _squares; // Σ (mass × relative error)²

    /// <summary>Lays panels over a density until it, and every harmonic up to the degree wanted, is resolved.</summary>
    /// <param name="space">The density.</param>
    /// <param name="settings">Degree, tolerance and the most nodes allowed.</param>
    public CarriedMesh(LabelSpace space, MeshSettings settings)
    {
        _space = space;
        _settings = settings;
        _rule = new PanelRule(MeshSettings.OrderFor(space.Axes));
        var open = new Queue<LabelBox>(Start(space));
        int queued = open.Count;
        while (open.TryDequeue(out LabelBox box))
        {
            CarriedPanel panel = CarriedPanel.At(space, _rule, box);
            int axis = (queued + 1) * panel.Nodes <= settings.MostNodes ? Unresolved(panel, box) : -1;
            if (axis < 0)
            {
                _panels.Add(panel);
                continue;
            }
            open.Enqueue(box.Half(axis, 0));
            open.Enqueue(box.Half(axis, 1));
            queued++;
        }
        double total = _panels.Sum(panel => panel.Mass), signed = _panels.Sum(panel => Enumerable.Range(0, panel.Nodes).Sum(panel.SignedWeight));
        foreach (CarriedPanel panel in _panels) panel.Normalize(total);
        InitialError = Math.Abs(signed - 1);
        NegativeMass = total - signed;
        Refine();
    }

    /// <summary>Takes up a mesh where it was left; its positions are still to be set.</summary>
    /// <param name="dimension">Ambient dimension d.</param>
    /// <param name="settings">As when it was left.</param>
    /// <param name="from">What <see cref="Checkpoint"/> gave.</param>
    /// <exception cref="ArgumentException">Masses and lengths of different numbers of panels.</exception>
    public CarriedMesh(int dimension, MeshSettings settings, MeshCheckpoint from)
    {
        _space = LabelSpace.Create(new HarmonicBasis(dimension, 0), [1]); // panels hold their masses: the density itself is no longer asked for
        _settings = settings;
        _rule = new PanelRule(MeshSettings.OrderFor(_space.Axes));
        int axes = _space.Axes, nodes = axes == 1 ? _rule.Order : _rule.Order * _rule.Order, panels = from.Lengths.Length / axes;
        if (panels == 0 || from.Lengths.Length != panels * axes || from.Masses.Length != panels * nodes)
            throw new ArgumentException($"{from.Masses.Length} masses and {from.Lengths.Length} lengths are not those of panels of {nodes} nodes", nameof(from));
        for (int k = 0; k < panels; k++)
            _panels.Add(CarriedPanel.Restored(_space, _rule, from.Lengths.AsSpan(k * axes, axes), from.Masses.AsSpan(k * nodes, nodes)));
        (_squares, InitialError, NegativeMass) = (from.Squares, from.InitialError, from.NegativeMass);
    }

    /// <summary>What the quadrature of the initial density missed of its mass.</summary>
    public double InitialError { get; }

    /// <summary>Mass of the places where the initial density dips below 0, which are left out.</summary>
    public double NegativeMass { get; }

    /// <summary>Ambient dimension d.</summary>
    public int Dimension => _space.Basis.Dimension;

    /// <summary>Coordinates of a position.</summary>
    public int Coordinates => _space.Coordinates;

    /// <summary>The panels.</summary>
    public IReadOnlyList<CarriedPanel> Panels => _panels;

    /// <summary>Number of nodes.</summary>
    public int Nodes => _panels.Count * _panels[0].Nodes;

    /// <summary>
    /// Estimated error of the moments up to the settings' degree: three times the root of Σ (mass × relative error)² over the panels, whose errors have independent signs.
    /// Measured on the sphere at β = 9 it was 1.3 to 100 times the true error.
    /// </summary>
    public double MomentError => 3 * Math.Sqrt(Math.Max(0, _squares));

    /// <summary>Writes positions [Coordinates·stride], coordinate after coordinate; the nodes come first of each.</summary>
    public void CopyPositionsTo(Span<double> positions, int stride)
    {
        int n = _panels[0].Nodes;
        for (int k = 0; k < _panels.Count; k++)
        {
            for (int c = 0; c < _space.Coordinates; c++)
                _panels[k].Positions.AsSpan(c * n, n).CopyTo(positions[(c * stride + k * n)..]);
        }
    }

    /// <summary>Takes back positions as <see cref="CopyPositionsTo"/> wrote them.</summary>
    public void SetPositions(ReadOnlySpan<double> positions, int stride)
    {
        int n = _panels[0].Nodes;
        for (int k = 0; k < _panels.Count; k++)
        {
            for (int c = 0; c < _space.Coordinates; c++)
                positions.Slice(c * stride + k * n, n).CopyTo(_panels[k].Positions.AsSpan(c * n, n));
        }
    }

    /// <summary>The panels as they stand, without their positions.</summary>
    public MeshCheckpoint Checkpoint()
    {
        var lengths = new List<double>(_panels.Count * _space.Axes);
        var masses = new List<double>(Nodes);
        foreach (CarriedPanel panel in _panels)
        {
            lengths.AddRange(panel.Lengths);
            masses.AddRange(panel.MassPerLabel);
        }
        return new MeshCheckpoint([.. lengths], [.. masses], _squares, InitialError, NegativeMass);
    }

    /// <summary>Writes the mass of every node.</summary>
    public void CopyWeightsTo(Span<double> weights)
    {
        int at = 0;
        foreach (CarriedPanel panel in _panels)
        {
            for (int node = 0; node < panel.Nodes; node++) weights[at++] = panel.Weight(node);
        }
    }

    /// <summary>Positions [Coordinates·n] of n tokens of the density as it stands, coordinate after coordinate; token i depends on (density, seed, i) alone.</summary>
    public double[] Draw(int count, ulong seed)
    {
        var cumulative = new double[_panels.Count];
        double sum = 0;
        for (int k = 0; k < cumulative.Length; k++) cumulative[k] = sum += _panels[k].Mass;
        var positions = new double[Coordinates * count];
        Span<double> position = stackalloc double[Coordinates];
        for (int i = 0; i < count; i++)
        {
            var random = new RandomNumbers(seed, (ulong)i << 20);
            int k = Array.BinarySearch(cumulative, random.NextUniform() * sum);
            _panels[Math.Min(k < 0 ? ~k : k, cumulative.Length - 1)].Draw(random, position);
            for (int c = 0; c < Coordinates; c++) positions[c * count + i] = position[c];
        }
        return positions;
    }

    /// <summary>Splits what is no longer resolved, the worst first, as far as nodes are left.</summary>
    /// <returns>Whether any panel was split.</returns>
    public bool Refine()
    {
        bool split = false;
        _squares = 0;
        var open = new PriorityQueue<int, double>();
        for (int k = 0; k < _panels.Count; k++) Judge(k, open);
        while (open.TryDequeue(out int k, out double priority))
        {
            if ((_panels.Count + 1) * _panels[0].Nodes > _settings.MostNodes)
                break;
            if (!IsWorthSplitting(k, -priority)) continue;
            _squares -= priority * priority; // the parent's share leaves the sum
            (int axis, _) = Worst(_panels[k]);
            (CarriedPanel lower, CarriedPanel upper) = _panels[k].Split(axis);
            _panels[k] = lower;
            _panels.Add(upper);
            Judge(k, open);
            Judge(_panels.Count - 1, open);
            split = true;
        }
        return split;
    }

    // Adds a panel's error to the sum, and the panel to those to be split where that error is too large.
    private void Judge(int k, PriorityQueue<int, double> open)
    {
        double error = _panels[k].Mass * Worst(_panels[k]).Error;
        _squares += error * error;
        if (IsWorthSplitting(k, error)) open.Enqueue(k, -error);
    }

    private bool IsWorthSplitting(int k, double error)
    {
        double patience = Math.Pow(LeastPatience, (double)Nodes / _settings.MostNodes);
        return error > patience * _settings.Tolerance * Math.Max(_panels[k].Mass, LightestShare);
    }

    private (int Axis, double Error) Worst(CarriedPanel panel)
    {
        double first = panel.MapError(0, _settings.Degree);
        if (_space.Axes == 1) return (0, first);
        double second = panel.MapError(1, _settings.Degree);
        return second > first ? (1, second) : (0, first);
    }

    // The axis along which the initial density is least resolved, relative to the mean density here and everywhere; −1 when it is.
    // Gauss quadrature, exact to degree 2p − 1, errs by about the square of the tail: tolerance^¾ is ample for the moments and leaves nodes for the map.
    private int Unresolved(CarriedPanel panel, LabelBox box)
    {
        double allowed = Math.Pow(_settings.Tolerance, 0.75) * (panel.Mass / box.Area + 1 / _space.Whole.Area);
        double first = panel.MassTail(0), second = _space.Axes == 2 ? panel.MassTail(1) : 0;
        return Math.Max(first, second) <= allowed ? -1 : second > first ? 1 : 0;
    }

    // A few panels to start from: none may miss a density's whole bump.
    private static IEnumerable<LabelBox> Start(LabelSpace space)
    {
        int lines = Math.Max(4, space.Basis.Bandlimit / 64), columns = space.Axes == 1 ? 1 : 2 * lines;
        LabelBox whole = space.Whole;
        for (int i = 0; i < lines; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                yield return new LabelBox(
                    whole.At(0, 2.0 * i / lines - 1), whole.At(0, 2.0 * (i + 1) / lines - 1),
                    whole.At(1, 2.0 * j / columns - 1), whole.At(1, 2.0 * (j + 1) / columns - 1));
            }
        }
    }
}
