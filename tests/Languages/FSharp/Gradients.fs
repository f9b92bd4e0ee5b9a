/// Gradients as somebody writes them in F#: the operators are there with the variable, without another open.
module AutoDiffLsr.Tests.FSharp.Gradients

open AutoDiffLsr.Autodiff
open MathNet.Numerics.LinearAlgebra

/// The value and the gradient of x * x.
let square (value: float) =
    use tape = new Tape<float>()
    let x = tape.Variable(Matrix<float>.Build.Dense(1, 1, value))
    let y = x * x
    struct (y.Scalar, tape.Gradient(y, x).Scalar)

/// The gradient of every operator at once: -x + (2x - 3/x) / 4 - (1 - x) + x * x + m, with a parameter.
let everyOperator (value: float) =
    use tape = new Tape<float>()
    let weight = Parameter<float>("weight", Matrix<float>.Build.Dense(1, 1, value))
    let x = tape.Parameter(weight)
    let m = Matrix<float>.Build.Dense(1, 1, 5.0)
    let y = -x + (2.0 * x - 3.0 / x) / 4.0 - (1.0 - x) + x * x + m
    tape.Gradient(y, weight, createGraph = false).Scalar
