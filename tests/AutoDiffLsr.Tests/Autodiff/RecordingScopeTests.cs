using AutoDiffLsr.Autodiff;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Autodiff;

public sealed class RecordingScopeTests
{
    [Fact]
    public void Each_scope_restores_what_was_before_it()
    {
        using Tape<double> tape = new();
        Assert.True(tape.IsRecording);
        using (tape.NoRecording())
        {
            using (tape.NoRecording())
                Assert.False(tape.IsRecording);
            Assert.False(tape.IsRecording);
        }

        Assert.True(tape.IsRecording);
    }

    [Fact]
    public void A_gradient_leaves_recording_as_it_was()
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(Matrix<double>.Build.Dense(1, 1, 3.0)), y = x * x;
        tape.Gradient(y, x);
        Assert.True(tape.IsRecording);
        using (tape.NoRecording())
        {
            Assert.True(tape.Gradient(y, x, createGraph: true).NeedsGradient);
            Assert.False(tape.IsRecording);
        }
    }

    [Fact]
    public void An_empty_scope_restores_nothing() => default(RecordingScope<double>).Dispose();

    [Fact]
    public void Scopes_are_equal_that_restore_the_same()
    {
        using Tape<double> one = new(), two = new();
        RecordingScope<double> recording = one.NoRecording(), quiet = one.NoRecording(), again = one.NoRecording(), other = two.NoRecording();
        Assert.True(quiet == again && quiet.Equals((object)again) && quiet.GetHashCode() == again.GetHashCode());
        Assert.False(quiet != again);
        Assert.True(recording != quiet && recording != other && !recording.Equals((object)quiet));
        Assert.False(recording == other);
        Assert.False(quiet.Equals(null) || quiet.Equals("a text"));
    }
}
