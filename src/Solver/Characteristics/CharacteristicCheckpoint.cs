namespace Meanfield.Solver;

/// <summary>The panels of a mesh, without their positions.</summary>
/// <param name="Lengths">[panels·axes] extents in labels, panel after panel.</param>
/// <param name="Masses">[nodes] dμ/d(label), panel after panel.</param>
/// <param name="Squares">Σ (mass × relative error)² of the last refinement, from which the error of the moments is estimated.</param>
/// <param name="InitialError"><see cref="CarriedMesh.InitialError"/>.</param>
/// <param name="NegativeMass"><see cref="CarriedMesh.NegativeMass"/>.</param>
public sealed record MeshCheckpoint(double[] Lengths, double[] Masses, double Squares, double InitialError, double NegativeMass);

/// <summary>All that a run along characteristics needs to go on with the same bits.</summary>
/// <remarks>Forces do not depend on time, so the slope at the state is evaluated anew with the bits it had.</remarks>
/// <param name="Dimension">Ambient dimension d.</param>
/// <param name="Time">The model's own time reached.</param>
/// <param name="State">[Coordinates·(nodes + tokens)] positions, coordinate after coordinate, nodes first; owned by the checkpoint.</param>
/// <param name="Mesh">The panels.</param>
/// <param name="Directions">Directions of the recorded tokens around the axis of zonal data, <see cref="CarriedTokens.Directions"/>.</param>
/// <param name="Step">Step to try next.</param>
/// <param name="LastStep">Last step taken.</param>
/// <param name="PreviousRatio">Error over tolerance of the last accepted step.</param>
/// <param name="Outputs">Output times published or passed over.</param>
/// <param name="Steps">Accepted steps.</param>
/// <param name="Rejected">Rejected steps.</param>
/// <param name="Evaluations">Forces evaluated.</param>
/// <param name="Observables">Scalars at the last output time.</param>
/// <param name="Warnings">Sentences so far.</param>
public sealed record CharacteristicCheckpoint(
    int Dimension, double Time, double[] State, MeshCheckpoint Mesh, double[] Directions, double Step, double LastStep, double PreviousRatio,
    int Outputs, long Steps, long Rejected, long Evaluations, Observables Observables, IReadOnlyList<string> Warnings);
