using System.Numerics;

namespace AutoDiffLsr.Autodiff;

/// <summary>The record of an input. Sealed, so that <c>is VariableNode</c> never matches an operation's node when a slot is reused.</summary>
internal sealed class VariableNode<T> : Node<T>
    where T : struct, IFloatingPointIeee754<T>;
