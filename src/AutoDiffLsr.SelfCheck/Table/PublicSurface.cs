using System.Reflection;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.SelfCheck.Table;

/// <summary>What the engine offers to differentiate, found by reflection: all of it must have a line in the table.</summary>
internal static class PublicSurface
{
    private static Type[] PublicTypes => typeof(Tape<>).Assembly.GetExportedTypes();

    /// <summary>"ActivationOperations.Tanh(Variable)": public static methods and operators in the room of operations that give a variable.</summary>
    public static IEnumerable<string> Operations() =>
        from type in PublicTypes
        where type == typeof(Variable<>) || (type.Namespace == typeof(ElementaryOperations).Namespace && !type.IsNested)
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where GivesVariable(method)
        select $"{type.Name.Split('`')[0]}.{Signature(method)}";

    /// <summary>"CrossEntropy.Compute(Variable, Int32[])": methods of losses that give a variable, for each loss that can be made.</summary>
    public static IEnumerable<string> Losses() =>
        from type in PublicTypes
        where type.Namespace == typeof(CrossEntropy).Namespace && type is { IsClass: true, IsAbstract: false }
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance)
        where GivesVariable(method)
        select $"{type.Name}.{Signature(method)}";

    /// <summary>"Dense": layers that can be made.</summary>
    public static IEnumerable<string> Layers() =>
        from type in PublicTypes
        where type is { IsClass: true, IsAbstract: false, BaseType.IsGenericType: true } && type.BaseType.GetGenericTypeDefinition() == typeof(Layer<>)
        select type.Name.Split('`')[0];

    private static bool GivesVariable(MethodInfo method) => IsVariables(method.ReturnType);

    /// <summary>A variable, or a tuple of them.</summary>
    private static bool IsVariables(Type type) =>
        type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Variable<>) || (type.GetGenericTypeDefinition() == typeof(ValueTuple<,>) && type.GetGenericArguments().All(IsVariables)));

    private static string Signature(MethodInfo method) =>
        $"{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => parameter.ParameterType.Name.Split('`')[0]))})";
}
