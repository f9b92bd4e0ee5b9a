#:project ../../src/AutoDiffLsr.Data/AutoDiffLsr.Data.csproj
using System.Text;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Data;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using AutoDiffLsr.Optimizers;
using AutoDiffLsr.Training;
using MathNet.Numerics.LinearAlgebra;
var (train, test) = BuiltInData.Create<float>("moons", seed: 1);
var random = new RandomSource(seed: 1);
var model = new Sequential<float>(
    new Dense<float>(2, 16, random), new Tanh<float>(), new Dense<float>(16, 16, random), new Tanh<float>(), new Dense<float>(16, 2, random));
var loss = new CrossEntropy();
var optimizer = new Adam<float>(model.Parameters, learningRate: 0.01);
var batches = new Batches<float>(train, batchSize: 64, shuffle: random);
using var tape = new Tape<float>();
var panels = new StringBuilder();
int[] shown = [0, 2, 8, 20];

for (int epoch = 0; epoch <= 20; epoch++)
{
    if (Array.IndexOf(shown, epoch) is >= 0 and var panel)
        Show(epoch, panel);
    foreach (var batch in batches)
    {
        tape.Reset();                                                        // forget the last step
        var logits = model.Forward(tape.Constant(batch.Features));           // forward, recorded
        var value = loss.Compute(logits, batch.Labels);
        optimizer.Step(tape.Gradients(value, model.Parameters));             // backward, and one step down
    }
}

if (args is [var path])
    File.WriteAllText(path, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 820 190\" font-family=\"sans-serif\" font-size=\"14\" shape-rendering=\"crispEdges\">\n{panels}</svg>\n");

// Prints how well the net does, and draws what it says of every place: one panel of the picture.
void Show(int epoch, int panel)
{
    Console.WriteLine($"after {epoch,2} epochs: test accuracy {new Evaluator<float>(model).Evaluate(test).Accuracy:P1}");
    int left = 205 * panel;
    panels.AppendLine($"<text x=\"{left + 5}\" y=\"15\">after {epoch} epochs</text>");
    var grid = Matrix<float>.Build.Dense(1600, 2, (i, column) => column == 0 ? -1.5f + (4f * (i % 40) / 39) : -1.25f + (3f * (i / 40) / 39));
    using var other = new Tape<float>();
    Matrix<float> p = model.Forward(other.Constant(grid)).Softmax().Value;
    for (int i = 0, end; i < 1600; i = end)
    {
        for (end = i + 1; end % 40 != 0 && Colour(p[end, 1]) == Colour(p[i, 1]); end++) { }   // one rectangle for neighbours of one colour
        panels.AppendLine($"<rect x=\"{left + (5 * (i % 40))}\" y=\"{25 + (4 * (39 - (i / 40)))}\" width=\"{5 * (end - i)}\" height=\"4\" fill=\"{Colour(p[i, 1])}\"/>");
    }
    for (int i = 0; i < 150; i++)
    {
        ReadOnlySpan<float> sample = test.Sample(i);
        panels.AppendLine($"<circle cx=\"{left + (50 * (sample[0] + 1.5)):F1}\" cy=\"{185 - (53.3 * (sample[1] + 1.25)):F1}\" r=\"2\" fill=\"{(test.Labels[i] == 1 ? "#b30" : "#03b")}\"/>");
    }
}

static string Colour(double p) => $"rgb({100 + (15 * Math.Round(10 * p))},170,{250 - (15 * Math.Round(10 * p))})";
