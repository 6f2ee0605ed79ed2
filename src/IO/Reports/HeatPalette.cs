namespace Meanfield.IO;

/// <summary>The colours of heat maps: viridis, from dark (low) to light (high), readable without colour vision.</summary>
internal static class HeatPalette
{
    /// <summary>Number of colours.</summary>
    public const int Count = 256;

    // Every ninth part of matplotlib's viridis.
    private static readonly int[] Anchors = [0x440154, 0x482878, 0x3e4989, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6ece58, 0xb5de2b, 0xfde725];

    /// <summary>[3 · Count] red, green and blue of each, linear between the anchors.</summary>
    public static byte[] Colours { get; } = Interpolate();

    private static byte[] Interpolate()
    {
        var colours = new byte[3 * Count];
        for (int i = 0; i < Count; i++)
        {
            double place = i * (Anchors.Length - 1.0) / (Count - 1);
            int below = Math.Min((int)place, Anchors.Length - 2);
            for (int channel = 0; channel < 3; channel++)
            {
                int shift = 16 - 8 * channel, low = Anchors[below] >> shift & 255, high = Anchors[below + 1] >> shift & 255;
                colours[3 * i + channel] = (byte)Math.Round(low + (place - below) * (high - low));
            }
        }
        return colours;
    }
}
