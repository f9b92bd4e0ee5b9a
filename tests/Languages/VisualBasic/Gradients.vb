Imports AutoDiffLsr.Autodiff
Imports MathNet.Numerics.LinearAlgebra

''' <summary>Gradients as somebody writes them in Visual Basic: the operators are there with the variable, without another import.</summary>
Public Module Gradients
    ''' <summary>The value and the gradient of x * x.</summary>
    Public Function Square(value As Double) As (Value As Double, Gradient As Double)
        Using tape As New Tape(Of Double)
            Dim x = tape.Variable(Matrix(Of Double).Build.Dense(1, 1, value))
            Dim y = x * x
            Return (y.Scalar, tape.Gradient(y, x).Scalar)
        End Using
    End Function

    ''' <summary>The gradient of every operator at once: -x + (2x - 3/x) / 4 - (1 - x) + x * x + m, with a parameter.</summary>
    Public Function EveryOperator(value As Double) As Double
        Using tape As New Tape(Of Double)
            Dim weight As New Parameter(Of Double)("weight", Matrix(Of Double).Build.Dense(1, 1, value))
            Dim x = tape.Parameter(weight)
            Dim m = Matrix(Of Double).Build.Dense(1, 1, 5.0)
            Dim y = -x + (2.0 * x - 3.0 / x) / 4.0 - (1.0 - x) + x * x + m
            Return tape.Gradient(y, weight).Scalar
        End Using
    End Function
End Module
