namespace AutoDiffLsr.Checking.Checks;

/// <summary>A function's outputs at a point, column by column, and which side of every kink it took.</summary>
internal readonly record struct Sample(double[] Outputs, ulong Branch, int Ties)
{
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
