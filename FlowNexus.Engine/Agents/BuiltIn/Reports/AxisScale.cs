namespace FlowNexus.Engine.Agents.BuiltIn.Reports;

/// <summary>An axis with round steps.</summary>
/// <param name="Low">Where it starts; 0 unless that would flatten the data or values are negative.</param>
public sealed record AxisScale(double Low, double High, double Step)
{
    public static AxisScale Of(double min, double max, int steps)
    {
        if (max <= min) (min, max) = min == 0 ? (0, 1) : (Math.Min(0, min), Math.Max(0, max));
        // A line may leave out zero when all its values lie close together; the labels say so.
        var low = min >= 0 && min < max * 0.6 ? 0 : min >= 0 ? min - ((max - min) * 0.25) : min;
        var raw = (max - low) / steps;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = power * ((raw / power) switch { <= 1 => 1, <= 2 => 2, <= 2.5 => 2.5, <= 5 => 5, _ => 10 });
        var start = Math.Floor(low / step) * step;
        return new AxisScale(start, Math.Ceiling((max - (step * 1e-9)) / step) * step, step);
    }

    public IEnumerable<double> Ticks
    {
        get
        {
            var count = (int)Math.Round((High - Low) / Step);
            for (var index = 0; index <= count; index++) yield return Low + (index * Step);
        }
    }

    /// <summary>0 at the low end, 1 at the high end.</summary>
    public double At(double value) => (value - Low) / (High - Low);
}
