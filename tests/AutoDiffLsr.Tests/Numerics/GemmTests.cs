using System.Numerics;
using AutoDiffLsr.Numerics;
using FsCheck;
using FsCheck.Xunit;
using Xunit;

namespace AutoDiffLsr.Tests.Numerics;

[Properties(Arbitrary = [typeof(ProductCase.Arbitraries)], MaxTest = 80)]
public sealed class GemmTests
{
    [Property]
    public void Float_products_are_the_definition_on_every_instruction_set(ProductCase product) => CheckDefinition<float>(product, 1.2e-7);

    [Property]
    public void Double_products_are_the_definition_on_every_instruction_set(ProductCase product) => CheckDefinition<double>(product, 2.3e-16);

    [Property]
    public void A_block_of_C_has_the_bits_it_has_in_the_whole(ProductCase product)
    {
        product = product with { Rows = product.Rows + 1, Columns = product.Columns + 1, Alpha = 1, Beta = 0 };
        foreach (InstructionSet instructions in InstructionSets.Supported)
        {
            CheckBlock<float>(product, instructions);
            CheckBlock<double>(product, instructions);
        }
    }

    [Theory]
    [InlineData(150, 130, 70)]
    [InlineData(31, 1100, 60)]
    [InlineData(1101, 30, 61)]
    [InlineData(5, 700, 530)]
    [InlineData(260, 9, 600)]
    public void Every_thread_count_gives_the_same_bits(int rows, int columns, int inner)
    {
        Assert.True((long)rows * columns * inner >= Gemm.ShareFrom);
        foreach (bool transposed in (bool[])[false, true])
        {
            var product = new ProductCase(rows, columns, inner, transposed, !transposed, 3, 0, 1, 0.37, -1.0, 5);
            foreach (InstructionSet instructions in InstructionSets.Supported)
            {
                float[] alone = product.Multiply<float>(instructions, 1);
                double[] aloneInDouble = product.Multiply<double>(instructions, 1);
                foreach (int threads in (int[])[2, 3, 4, 7])
                {
                    Assert.Equal(alone, product.Multiply<float>(instructions, threads));
                    Assert.Equal(aloneInDouble, product.Multiply<double>(instructions, threads));
                }
            }
        }
    }

    [Fact]
    public void Callers_on_many_threads_share_the_helpers_without_disturbing_each_other()
    {
        var products = Enumerable.Range(0, 8).Select(i => new ProductCase(120 + i, 130, 100, false, i % 2 == 0, 0, 0, 0, 1, 0, i)).ToArray();
        float[][] alone = [.. products.Select(product => product.Multiply<float>(InstructionSets.Best, 1))];
        Parallel.For(0, 64, i => Assert.Equal(alone[i % 8], products[i % 8].Multiply<float>(InstructionSets.Best, 3)));
    }

    [Property]
    public void Beta_of_zero_forgets_the_old_value_even_when_it_is_NaN(ProductCase product)
    {
        product = product with { Beta = 0 };
        foreach (InstructionSet instructions in InstructionSets.Supported)
        {
            float[] c = NaNs(product.C<float>());
            product.Multiply(instructions, 1, product.A<float>(), product.B<float>(), c, 0, 0);
            Assert.All(c.Where((_, i) => i % product.StrideC < product.Rows), value => Assert.False(float.IsNaN(value)));
        }
    }

    [Property]
    public void Alpha_of_zero_reads_neither_factor(ProductCase product)
    {
        product = product with { Alpha = 0 };
        foreach (InstructionSet instructions in InstructionSets.Supported)
        {
            float[] c = product.C<float>();
            product.Multiply(instructions, 1, NaNs(product.A<float>()), NaNs(product.B<float>()), c, 0, 0);
            Assert.Equal(Array.ConvertAll(product.Expected<float>(), value => (float)value), c);
        }
    }

    private static void CheckDefinition<T>(ProductCase product, double unit)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double[] expected = product.Expected<T>();
        double tolerance = unit * (product.Inner + 4); // each term is at most 1, and a sum of n terms is rounded at most n times
        foreach (InstructionSet instructions in InstructionSets.Supported)
        {
            T[] actual = product.Multiply<T>(instructions, 1 + (product.Seed % 3));
            for (int i = 0; i < expected.Length; i++)
            {
                double value = double.CreateChecked(actual[i]);
                double allowed = i % product.StrideC < product.Rows ? tolerance : 0; // the gap between two columns is not C's
                if (Math.Abs(expected[i] - value) > allowed)
                    Assert.Fail($"{instructions}, element {i}: {value} is not {expected[i]}");
            }
        }
    }

    private static void CheckBlock<T>(ProductCase product, InstructionSet instructions)
        where T : struct, IFloatingPointIeee754<T>
    {
        T[] whole = product.Multiply<T>(instructions, 1), some = product.C<T>();
        (int row, int column) = (product.Seed % product.Rows, product.Seed % product.Columns);
        product.Multiply(instructions, 1, product.A<T>(), product.B<T>(), some, row, column);
        for (int j = column; j < product.Columns; j++)
            Assert.Equal(whole.AsSpan((j * product.StrideC) + row, product.Rows - row), some.AsSpan((j * product.StrideC) + row, product.Rows - row));
    }

    private static float[] NaNs(float[] like) => Array.ConvertAll(like, _ => float.NaN);
}
