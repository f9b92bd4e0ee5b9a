using System.Numerics;

namespace AutoDiffLsr.Autodiff;

/// <summary>The record of an input. Sealed, so that a reused place of the tape never takes another kind of node, with its inputs and rule, for one.</summary>
internal sealed class VariableNode<T> : Node<T>
    where T : struct, IFloatingPointIeee754<T>;
