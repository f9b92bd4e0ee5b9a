#:project ../../src/AutoDiffLsr/AutoDiffLsr.csproj
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;

var A = Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 2, 3 }, { 4, 5, 6 } });      // 2 x 3
var B = Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 0 }, { 0, 2 }, { 1, 1 } });  // 3 x 2
var c = Matrix<double>.Build.DenseOfArray(new double[,] { { 10, 20 } });                    // 1 x 2
var dY = Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 0 }, { 2, 5 } });           // 2 x 2, some gradient of Y

using var tape = new Tape<double>();
Variable<double> a = tape.Variable(A), b = tape.Variable(B), row = tape.Variable(c);
Variable<double> y = a.MatMul(b) + row;
Gradients<double> gradients = tape.Gradients(y, [a, b, row], cotangent: tape.Constant(dY));

// dA by indices: A[i, k] is in every Y[i, j], with the factor B[k, j].
var byIndices = Matrix<double>.Build.Dense(2, 3);
for (int i = 0; i < 2; i++)
    for (int k = 0; k < 3; k++)
        for (int j = 0; j < 2; j++)
            byIndices[i, k] += dY[i, j] * B[k, j];

Print("Y = A·B + c", y.Value);
Print("dA of the tape", gradients[a].Value);
Print("dY·Bᵀ", dY * B.Transpose());
Print("dA by indices", byIndices);
Print("dB of the tape", gradients[b].Value);
Print("Aᵀ·dY", A.Transpose() * dY);
Print("dc of the tape", gradients[row].Value);
Print("dY summed over the rows", dY.ColumnSums().ToRowMatrix());

void Print(string name, Matrix<double> m) =>
    Console.WriteLine($"{name,-24}{m.RowCount} x {m.ColumnCount}  [{string.Join("; ", m.EnumerateRows().Select(r => string.Join(" ", r)))}]");
