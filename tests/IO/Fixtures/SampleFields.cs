using Meanfield.IO;

namespace Meanfield.Tests.IO;

/// <summary>Analytic fields: a cluster that turns and sharpens, with the flow towards it.</summary>
public static class SampleFields
{
    /// <summary>Uneven times that must survive in full precision.</summary>
    public static double[] Times { get; } = [0, 0.05, 0.1, 1 / 3.0, 0.7, 1.1, Math.PI];

    /// <summary>The fields at <see cref="Times"/> on a mesh.</summary>
    public static FieldFrame[] Create(FieldMesh mesh) => Array.ConvertAll(Times, time => Evaluate(mesh, time));

    private static FieldFrame Evaluate(FieldMesh mesh, double time)
    {
        float[] density = new float[mesh.PointCount];
        float[] velocity = new float[3 * mesh.PointCount];
        double concentration = 1 + 3 * time;
        double[] mean = [Math.Cos(time), Math.Sin(time), 0];
        for (int k = 0; k < mesh.PointCount; k++)
        {
            double cosine = 0;
            for (int i = 0; i < 3; i++)
                cosine += mesh.Points[3 * k + i] * mean[i];
            density[k] = (float)(0.5 + Math.Exp(concentration * (cosine - 1)));
            for (int i = 0; i < 3; i++)
                velocity[3 * k + i] = (float)(mean[i] - cosine * mesh.Points[3 * k + i]);
        }

        return new FieldFrame(time, density, velocity, Math.Tanh(time), 1 + 1e-15 * time);
    }
}
