#:project ../../src/AutoDiffLsr/AutoDiffLsr.csproj
#:property TieredCompilation=false
using System.Diagnostics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using AutoDiffLsr.Optimizers;
using MathNet.Numerics.LinearAlgebra;
Compute.Threads = 1;
var random = new RandomSource(seed: 1);
using var tape = new Tape<float>();
Matrix<float> one = Normal(1, 1), a = Normal(256, 256), b = Normal(256, 256), logits = Normal(128, 10);

// 1. One operation on one number: recorded and swept, a hundred in a chain.
double chain = Best(one, x => Enumerable.Repeat(x, 100).Aggregate((y, _) => -y));
Console.WriteLine($"an operation and its way back: {chain * 1e4:F0} ns");
// 2. A product: three loops, and blocks that stay in the cache.
float[,] left = a.ToArray(), right = b.ToArray(), product = new float[256, 256];
double loops = Time(() =>
{
    for (int i = 0; i < 256; i++)
        for (int j = 0; j < 256; j++)
            for (int k = 0; k < 256; k++)
                product[i, j] += left[i, k] * right[k, j];
});
double blocks = Time(() => { tape.Reset(); tape.Constant(a).MatMul(tape.Constant(b)); });
Console.WriteLine($"256 x 256 x 256: {loops:F2} ms by three loops, {blocks:F2} ms by blocks, {loops / blocks:F0} times faster");
// 3. Label smoothing as one operation, and composed of six.
int[] labels = [.. Enumerable.Range(0, 128).Select(i => i % 10)];
double single = Best(logits, z => new LabelSmoothing(0.1).Compute(z, labels));
double composed = Best(logits, z => z.LogSoftmax() is var logP ? -(0.9 * logP.GatherByLabel(labels).Mean()) - (0.1 * logP.Mean()) : z);
Console.WriteLine($"label smoothing of 128 x 10: {single * 1000:F1} µs as one operation, {composed * 1000:F1} µs composed");

// 4. Memory: once the tape has what it needs, a training step allocates nothing.
var model = new Sequential<float>(new Dense<float>(10, 64, random), new Relu<float>(), new Dense<float>(64, 10, random));
var (optimizer, loss) = (new Adam<float>(model.Parameters, 0.001), new CrossEntropy());
Action step = () => { tape.Reset(); optimizer.Step(tape.Gradients(loss.Compute(model.Forward(tape.Constant(logits)), labels), model.Parameters)); };
double time = Time(step);
long bytes = Enumerable.Range(0, 10).Min(_ => -GC.GetAllocatedBytesForCurrentThread() + After(step));
Console.WriteLine($"a training step: {time * 1000:F0} µs, {tape.Count} entries on the tape, {bytes} bytes allocated");

Matrix<float> Normal(int rows, int columns) => Matrix<float>.Build.Dense(rows, columns, (_, _) => (float)random.NextNormal());

// Forward and backward, in milliseconds: the best of half a second.
double Best(Matrix<float> at, Func<Variable<float>, Variable<float>> f) => Time(() => { tape.Reset(); var x = tape.Variable(at); tape.Gradient(f(x), x); });
static long After(Action action) { action(); return GC.GetAllocatedBytesForCurrentThread(); }

static double Time(Action action)
{
    action();
    double best = double.MaxValue;
    for (long start = Stopwatch.GetTimestamp(), now = start; Stopwatch.GetElapsedTime(start).TotalSeconds < 0.5; now = Stopwatch.GetTimestamp())
    {
        action();
        best = Math.Min(best, Stopwatch.GetElapsedTime(now).TotalMilliseconds);
    }
    return best;
}
