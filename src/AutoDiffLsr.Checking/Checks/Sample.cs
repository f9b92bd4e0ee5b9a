namespace AutoDiffLsr.Checking.Checks;

/// <summary>A function's outputs at a point, column by column, and which side of every kink it took.</summary>
internal readonly record struct Sample(double[] Outputs, ulong Branch, int Ties)
{
    /// <summary>Outputs that are not numbers: the function has no value here.</summary>
    public static Sample None(int outputs)
    {
        double[] values = new double[outputs];
        Array.Fill(values, double.NaN);
        return new(values, 0, 0);
    }

    public bool IsFinite
    {
        get
        {
            foreach (double output in Outputs)
            {
                if (!double.IsFinite(output))
                    return false;
            }

            return true;
        }
    }
}
