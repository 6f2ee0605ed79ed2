using Meanfield.Validation;

namespace Meanfield.Tests.Validation;

/// <summary>A law whose prediction and measurement are given, and which keeps the order in which they were asked for.</summary>
internal sealed class PlantedLaw(Func<Prediction> predict, Func<Trial, Measurement> measure, ClaimStatus status = ClaimStatus.Derived, string id = "V01") : Law
{
    private readonly List<string> _asked = [];

    public IReadOnlyList<string> Asked => _asked;

    public override Claim Claim { get; } = new(id, "planted")
    {
        Statement = "x = 1",
        Source = "nowhere",
        Status = status,
        Tag = "derived",
        Hypotheses = [],
        Method = "none",
        Tolerance = "none",
    };

    public override Prediction Predict(Trial trial)
    {
        _asked.Add("predict");
        return predict();
    }

    public override Measurement Measure(Trial trial)
    {
        _asked.Add("measure");
        return measure(trial);
    }

    public Verdict Verdict() => Judge.Rule(this, new Trial(Claim.Id, Level.Quick, 1)).Verdict;
}
