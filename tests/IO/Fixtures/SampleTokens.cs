using Meanfield.IO;

namespace Meanfield.Tests.IO;

/// <summary>Tokens that wander on the sphere, each at its own pace, and change their cluster now and then.</summary>
public static class SampleTokens
{
    /// <summary>The tokens at the times of <see cref="SampleFields"/> and then at whole ones, as many as asked for.</summary>
    public static TokenFrame[] Create(int tokens, int steps)
    {
        var frames = new TokenFrame[steps];
        for (int step = 0; step < steps; step++)
            frames[step] = Place(tokens, step < SampleFields.Times.Length ? SampleFields.Times[step] : step);
        return frames;
    }

    private static TokenFrame Place(int tokens, double time)
    {
        float[] positions = new float[3 * tokens];
        int[] clusters = new int[tokens];
        for (int i = 0; i < tokens; i++)
        {
            (double sinTheta, double cosTheta) = Math.SinCos(0.3 + 2.5 * (i + 0.5) / tokens + 0.1 * time);
            (double sinPhi, double cosPhi) = Math.SinCos(2.4 * i + time * (1 + i % 3));
            positions[3 * i] = (float)(sinTheta * cosPhi);
            positions[3 * i + 1] = (float)(sinTheta * sinPhi);
            positions[3 * i + 2] = (float)cosTheta;
            clusters[i] = (i + (int)(4 * time)) % 5 - 1;
        }

        return new TokenFrame(time, positions, clusters);
    }
}
