using System.Numerics.Tensors;

namespace Meanfield.Solver;

/// <summary>A box of labels carried by the flow: polynomials for its mass per label (constant in time) and for where its labels are now.</summary>
public sealed class CarriedPanel
{
    private readonly LabelSpace _space;
    private readonly PanelRule _rule;
    private readonly double[] _lengths;
    private readonly double[] _mass;

    /// <summary>Extent of the panel along each axis of labels.</summary>
    public ReadOnlySpan<double> Lengths => _lengths;

    /// <summary>[Nodes] dμ/d(label).</summary>
    public ReadOnlySpan<double> MassPerLabel => _mass;

    private CarriedPanel(LabelSpace space, PanelRule rule, double[] lengths)
    {
        (_space, _rule, _lengths) = (space, rule, lengths);
        int nodes = space.Axes == 1 ? rule.Order : rule.Order * rule.Order;
        _mass = new double[nodes];
        Positions = new double[space.Coordinates * nodes];
    }

    /// <summary>Number of nodes, p or p².</summary>
    public int Nodes => _mass.Length;

    /// <summary>[Coordinates·Nodes] unit vectors, coordinate after coordinate.</summary>
    public double[] Positions { get; }

    /// <summary>Mass of the panel.</summary>
    public double Mass
    {
        get
        {
            double sum = 0;
            for (int node = 0; node < Nodes; node++) sum += Weight(node);
            return sum;
        }
    }

    /// <summary>The panel of a box where it starts.</summary>
    public static CarriedPanel At(LabelSpace space, PanelRule rule, LabelBox box)
    {
        double[] lengths = space.Axes == 1 ? [box.Length(0)] : [box.Length(0), box.Length(1)];
        var panel = new CarriedPanel(space, rule, lengths);
        space.Fill(box, rule, panel._mass, panel.Positions);
        return panel;
    }

    /// <summary>A panel as it was left; its positions are still to be set.</summary>
    /// <param name="space">Of the same dimension as the panel's.</param>
    /// <param name="rule">The panel's.</param>
    /// <param name="lengths">[axes] <see cref="Lengths"/>.</param>
    /// <param name="mass">[Nodes] <see cref="MassPerLabel"/>.</param>
    public static CarriedPanel Restored(LabelSpace space, PanelRule rule, ReadOnlySpan<double> lengths, ReadOnlySpan<double> mass)
    {
        var panel = new CarriedPanel(space, rule, lengths.ToArray());
        mass.CopyTo(panel._mass);
        return panel;
    }

    /// <summary>Mass that a node stands for: quadrature weight × mass per label × area; a density that dips below 0 there counts as 0.</summary>
    public double Weight(int node) => Math.Max(0, SignedWeight(node));

    /// <summary>The same with its sign.</summary>
    public double SignedWeight(int node)
    {
        double weight = _rule.Weights[node % _rule.Order] * _lengths[0] * _mass[node];
        return _space.Axes == 1 ? weight : weight * _rule.Weights[node / _rule.Order] * _lengths[1];
    }

    /// <summary>Divides all masses by the total.</summary>
    public void Normalize(double total) => TensorPrimitives.Divide(_mass, total, _mass);

    /// <summary>The largest error of the mass polynomial along an axis, per unit of label.</summary>
    public double MassTail(int axis)
    {
        double tail = 0;
        for (int line = 0; line < Lines; line++) tail = Math.Max(tail, _rule.Tail(_mass.AsSpan(Start(axis, line)), Stride(axis)));
        return tail;
    }

    /// <summary>
    /// Relative error of ∫Y dμ over the panel for harmonics up to a degree, from what happens along an axis:
    /// the path turns too far for the nodes, or the polynomial of the positions is not resolved. At most 1.
    /// </summary>
    public double MapError(int axis, int degree)
    {
        int stride = Stride(axis);
        double longest = 0, tail = 0;
        for (int line = 0; line < Lines; line++)
        {
            int start = Start(axis, line);
            longest = Math.Max(longest, PathLength(start, stride));
            for (int c = 0; c < _space.Coordinates; c++)
                tail = Math.Max(tail, _rule.Tail(Positions.AsSpan(c * Nodes + start), stride));
        }
        return Math.Min(1, Math.Max(_rule.WaveError(degree * longest), degree * tail));
    }

    /// <summary>The two halves along an axis, evaluated from the polynomials: their mass is the panel's.</summary>
    public (CarriedPanel Lower, CarriedPanel Upper) Split(int axis) => (Half(axis, 0), Half(axis, 1));

    /// <summary>Density at a node with respect to σ: mass per label over the map's Jacobian, ρ = (dμ/d label)/(dσ/d label).</summary>
    public double Density(int node)
    {
        Span<double> position = stackalloc double[_space.Coordinates];
        for (int c = 0; c < position.Length; c++) position[c] = Positions[c * Nodes + node];
        return _mass[node] / (_space.SurfaceMeasure(position) * Jacobian(node));
    }

    /// <summary>A random position of the panel's mass: labels by rejection under its largest density, the position from the polynomials.</summary>
    /// <param name="random">Where the draw comes from.</param>
    /// <param name="position">[Coordinates] receives a unit vector.</param>
    public void Draw(RandomNumbers random, Span<double> position)
    {
        const double Margin = 1.3; // a polynomial may exceed its values at the nodes by little
        double bound = Margin * TensorPrimitives.Max<double>(_mass);
        Span<double> first = stackalloc double[_rule.Order], second = stackalloc double[_space.Axes == 1 ? 1 : _rule.Order];
        second[0] = 1;
        do
        {
            _rule.Cardinals(2 * random.NextUniform() - 1, first);
            if (_space.Axes == 2) _rule.Cardinals(2 * random.NextUniform() - 1, second);
        }
        while (At(_mass, first, second) < random.NextUniform() * bound);
        double square = 0;
        for (int c = 0; c < position.Length; c++)
        {
            position[c] = At(Positions.AsSpan(c * Nodes, Nodes), first, second);
            square += position[c] * position[c];
        }
        double scale = 1 / Math.Sqrt(square);
        for (int c = 0; c < position.Length; c++) position[c] *= scale;
    }

    private static double At(ReadOnlySpan<double> values, ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        double sum = 0;
        for (int i = 0; i < first.Length; i++) sum += first[i] * TensorPrimitives.Dot(values.Slice(i * second.Length, second.Length), second);
        return sum;
    }

    // Number of lines of nodes along either axis.
    private int Lines => _space.Axes == 1 ? 1 : _rule.Order;

    // Along axis 0 of two, nodes are p apart; lines start side by side.
    private int Stride(int axis) => _space.Axes == 2 && axis == 0 ? _rule.Order : 1;

    private int Start(int axis, int line) => _space.Axes == 2 && axis == 1 ? line * _rule.Order : line;

    private double PathLength(int start, int stride)
    {
        double length = 0;
        for (int i = 1; i < _rule.Order; i++)
        {
            double square = 0;
            for (int at = start + i * stride; at < Positions.Length; at += Nodes)
            {
                double difference = Positions[at] - Positions[at - stride];
                square += difference * difference;
            }
            length += Math.Sqrt(square);
        }
        return length * 2 / (_rule.Nodes[^1] - _rule.Nodes[0]);
    }

    private CarriedPanel Half(int axis, int half)
    {
        var lengths = (double[])_lengths.Clone();
        lengths[axis] *= 0.5;
        var panel = new CarriedPanel(_space, _rule, lengths);
        int stride = Stride(axis);
        for (int line = 0; line < Lines; line++)
        {
            int start = Start(axis, line);
            for (int i = 0; i < _rule.Order; i++)
            {
                panel._mass[start + i * stride] = _rule.AtHalf(half, i, _mass.AsSpan(start), stride);
                for (int c = 0; c < _space.Coordinates; c++)
                    panel.Positions[c * Nodes + start + i * stride] = _rule.AtHalf(half, i, Positions.AsSpan(c * Nodes + start), stride);
            }
        }
        panel.ProjectToSphere();
        return panel;
    }

    private void ProjectToSphere()
    {
        for (int node = 0; node < Nodes; node++)
        {
            double square = 0;
            for (int at = node; at < Positions.Length; at += Nodes) square += Positions[at] * Positions[at];
            double scale = 1 / Math.Sqrt(square);
            for (int at = node; at < Positions.Length; at += Nodes) Positions[at] *= scale;
        }
    }

    // |∂X/∂u| on one axis, |∂X/∂u × ∂X/∂v| on two, per unit of label.
    private double Jacobian(int node)
    {
        Span<double> first = stackalloc double[3], second = stackalloc double[3];
        Along(0, node, first);
        if (_space.Axes == 1) return Math.Sqrt(first[0] * first[0] + first[1] * first[1]);
        Along(1, node, second);
        double x = first[1] * second[2] - first[2] * second[1];
        double y = first[2] * second[0] - first[0] * second[2];
        double z = first[0] * second[1] - first[1] * second[0];
        return Math.Sqrt(x * x + y * y + z * z);
    }

    private void Along(int axis, int node, Span<double> derivative)
    {
        (int row, int column) = _space.Axes == 1 ? (node, 0) : Math.DivRem(node, _rule.Order);
        (int place, int line) = axis == 0 ? (row, column) : (column, row);
        for (int c = 0; c < _space.Coordinates; c++)
        {
            ReadOnlySpan<double> values = Positions.AsSpan(c * Nodes + Start(axis, line));
            derivative[c] = _rule.Derivative(place, values, Stride(axis)) * 2 / _lengths[axis];
        }
    }
}
