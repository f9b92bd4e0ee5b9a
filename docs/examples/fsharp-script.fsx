// The library from a script in F#: a straight line is fitted by gradient descent, and a gradient is checked.
// dotnet fsi fsharp-script.fsx
#r "nuget: AutoDiffLsr"
#r "nuget: AutoDiffLsr.Checking"

open AutoDiffLsr.Autodiff
open AutoDiffLsr.Checking
open AutoDiffLsr.Operations
open AutoDiffLsr.Optimizers
open MathNet.Numerics.LinearAlgebra

let column (values: float list) = Matrix<float>.Build.DenseOfColumnArrays(List.toArray values)
let x, y = column [ 0.0; 1.0; 2.0; 3.0 ], column [ 1.0; 3.0; 5.0; 7.0 ]
let slope, start = Parameter<float>("slope", column [ 0.0 ]), Parameter<float>("start", column [ 0.0 ])
let optimizer = Sgd<float>([| slope; start |], 0.1, momentum = 0.5)
let tape = new Tape<float>()

for _ in 1..200 do
    tape.Reset()
    let error: Variable<float> = tape.Parameter(slope) * tape.Constant(x) + tape.Parameter(start) - y
    optimizer.Step(tape.Gradients(error.Square().Mean(), optimizer.Parameters))

let report = GradientCheck.Check((fun (v: Variable<float>) -> v.Tanh() * v), x)
printfn "y = %.2f x + %.2f, checked: %b" slope.Value[0, 0] start.Value[0, 0] report.Passed
// prints: y = 2.00 x + 1.00, checked: true
