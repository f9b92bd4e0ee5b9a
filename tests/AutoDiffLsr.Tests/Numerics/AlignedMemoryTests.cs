using System.Runtime.InteropServices;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using Xunit;

namespace AutoDiffLsr.Tests.Numerics;

public sealed class AlignedMemoryTests
{
    // What a training step of 784-128-10 asks for, and two odd shapes.
    private static readonly int[] Counts = [784 * 128, 128 * 128, 128 * 10, 512 * 10, 33 * 1000, 65 * 77];

    /// <summary>The heap decides: nearly all are aligned where by chance an eighth would be.</summary>
    [Fact]
    public void Most_arrays_begin_a_line_of_the_cache()
    {
        bool[] aligned = [.. Enumerable.Range(0, 120).Select(i => AlignedMemory.IsAligned(AlignedMemory.Allocate<float>(Counts[i % Counts.Length])))];
        Assert.True(aligned.Count(a => a) > 60, $"{aligned.Count(a => a)} of 120");
    }

    [Fact]
    public void Every_array_has_its_length_and_zeros_where_they_were_asked_for()
    {
        foreach (int count in (int[])[0, 1, 1023, 1024, 1025, .. Counts, 3_000_000])
        {
            AlignedMemory.Allocate<double>(count).AsSpan().Fill(double.NaN);
            double[] zeros = AlignedMemory.AllocateZeros<double>(count);
            Assert.Equal(count, zeros.Length);
            Assert.DoesNotContain(zeros, x => x != 0);
        }
    }

    [Fact]
    public void The_start_is_the_first_place_at_a_line()
    {
        int line = AlignedMemory.Line / sizeof(float);
        for (int count = line; count < 3 * line; count++)
        {
            float[] array = GC.AllocateArray<float>(count, pinned: true);
            int start = AlignedMemory.Start(array);
            Assert.InRange(start, 0, line - 1);
            Assert.Equal(0, Marshal.UnsafeAddrOfPinnedArrayElement(array, start) % AlignedMemory.Line);
            Assert.Equal(AlignedMemory.IsAligned(array), start == 0);
        }
    }

    [Fact]
    public void Parameters_and_the_memory_of_a_tape_begin_at_lines_too()
    {
        using Tape<float> tape = new();
        int parameters = 0, values = 0;
        for (int i = 0; i < 20; i++)
        {
            Dense<float> layer = new(100, 200, new RandomSource(1));
            Variable<float> y = layer.Forward(tape.Constant(new Shape(64, 100), 1));
            parameters += AlignedMemory.IsAligned(layer.Weight.Data) ? 1 : 0;
            values += AlignedMemory.IsAligned(y.Node.Buffer.Data) ? 1 : 0;
        }

        Assert.True(parameters > 10 && values > 10, $"{parameters} parameters and {values} values of 20");
    }
}
