using AutoDiffLsr.Experiments.Projections;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Experiments.Projections;

public sealed class TemplatePlaneTests
{
    [Fact]
    public void Distances_between_templates_are_kept_and_their_axes_are_as_said()
    {
        Matrix<double> weight = Clusters.Make(7, features: 5).Transpose().SubMatrix(0, 5, 0, 7);
        TemplatePlane<double> plane = TemplatePlane<double>.Through(weight, 6, 2, 4);
        Matrix<double> templates = Matrix<double>.Build.DenseOfColumnVectors(weight.Column(6), weight.Column(2), weight.Column(4)).Transpose();
        Matrix<double> shown = plane.Project(templates);
        foreach ((int i, int j) in ((int, int)[])[(0, 1), (1, 2), (0, 2)])
            Assert.Equal((templates.Row(i) - templates.Row(j)).L2Norm(), (shown.Row(i) - shown.Row(j)).L2Norm(), 1e-10);
        Assert.Equal(0, shown.Column(0).Sum(), 1e-10);
        Assert.Equal(0, shown.Column(1).Sum(), 1e-10);
        Assert.Equal(shown[0, 1], shown[1, 1], 1e-10);
        Assert.True(shown[1, 0] > shown[0, 0] && shown[2, 1] > shown[0, 1]);
    }

    [Fact]
    public void What_is_at_a_right_angle_to_the_plane_does_not_show()
    {
        Matrix<float> weight = Matrix<float>.Build.DenseOfRowArrays([1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 0]);
        TemplatePlane<float> plane = TemplatePlane<float>.Through(weight, 0, 1, 2);
        Matrix<double> shown = plane.Project(Matrix<float>.Build.DenseOfRowArrays([.5f, .25f, .25f, 0], [1.5f, 1.25f, 1.25f, 9]));
        Assert.Equal(shown[0, 0], shown[1, 0], 1e-6);
        Assert.Equal(shown[0, 1], shown[1, 1], 1e-6);
    }

    [Fact]
    public void A_single_feature_spans_no_plane() =>
        Assert.False(TemplatePlane<double>.TryThrough(Matrix<double>.Build.DenseOfRowArrays([1, 2, 4]), 0, 1, 2, out _));

    [Fact]
    public void Classes_without_a_plane_and_features_of_another_width_are_refused()
    {
        Matrix<double> weight = Matrix<double>.Build.DenseOfRowArrays([1, 2, 3, 0], [1, 2, 3, 5]);
        Assert.Contains("on one line", Assert.Throws<ArgumentException>(() => TemplatePlane<double>.Through(weight, 0, 1, 2)).Message, StringComparison.Ordinal);
        Assert.Contains("three different classes", Assert.Throws<ArgumentException>(() => TemplatePlane<double>.Through(weight, 0, 3, 3)).Message, StringComparison.Ordinal);
        Assert.Contains("(0..3)", Assert.Throws<ArgumentException>(() => TemplatePlane<double>.Through(weight, 0, 3, 4)).Message, StringComparison.Ordinal);
        TemplatePlane<double> plane = TemplatePlane<double>.Through(weight, 0, 1, 3);
        Assert.Contains("3 columns", Assert.Throws<ArgumentException>(() => plane.Project(Matrix<double>.Build.Dense(4, 3))).Message, StringComparison.Ordinal);
    }
}
