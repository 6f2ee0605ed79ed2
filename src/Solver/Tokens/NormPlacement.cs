namespace Meanfield.Solver;

/// <summary>Where layer normalization stands: tokens y_i = r_i x_i obey ẋ_i = P_{x_i}A_i/s_i and their sizes r_i may grow.</summary>
/// <remarks>Source: THEORY 6.10. With the tokens gathered, d/dt log variance → −2/s for softmax.</remarks>
public enum NormPlacement
{
    /// <summary>s = 1, r constant: variance e^{−2t}.</summary>
    Post,

    /// <summary>s = r, ṙ = ⟨x,A⟩: variance t^{−2}.</summary>
    Pre,

    /// <summary>Post until <see cref="NormSettings.SwitchTime"/>, then Pre.</summary>
    Mix,

    /// <summary>s = r‖A‖, ṙ = ⟨x,A⟩/‖A‖: variance t^{−2}.</summary>
    Peri,

    /// <summary>s = ‖A‖/α: variance e^{−2αt}.</summary>
    Ngpt,

    /// <summary>s = √(t + 1): variance e^{−4√t}.</summary>
    Cod,
}

/// <summary>Layer normalization with its parameters.</summary>
/// <param name="Placement">Where it stands.</param>
/// <param name="SwitchTime">Mix: when Post gives way to Pre.</param>
/// <param name="Rate">Ngpt: α, constant in time.</param>
/// <param name="InitialSize">r at the start.</param>
public sealed record NormSettings(NormPlacement Placement = NormPlacement.Post, double SwitchTime = 1, double Rate = 1, double InitialSize = 1)
{
    /// <summary>Whether sizes r_i belong to the state.</summary>
    public bool HasSizes => Placement is NormPlacement.Pre or NormPlacement.Mix or NormPlacement.Peri;

    /// <summary>Whether the speed depends on more than the tangent velocity.</summary>
    public bool NeedsOutput => Placement is not (NormPlacement.Post or NormPlacement.Cod);
}
