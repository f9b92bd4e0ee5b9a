using System.Numerics;
using AutoDiffLsr.Autodiff;

namespace AutoDiffLsr.Layers;

/// <summary>A parameter under its full name in a model, as in PyTorch's <c>state_dict</c>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Name">The path to it, such as "0.weight" or "1.2.bias".</param>
public sealed record NamedParameter<T>(string Name, Parameter<T> Parameter)
    where T : struct, IFloatingPointIeee754<T>;
