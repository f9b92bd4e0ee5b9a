using System.Xml.Linq;
using AutoDiffLsr.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoDiffLsr.Tests.Docs;

/// <summary>A public operation as its source file has it.</summary>
/// <param name="Family">The type that holds it; Variable for the operators.</param>
/// <param name="Key">"Elementary.Exp(Variable)", as the table of the self-check writes it.</param>
/// <param name="Call">"x.Exp()".</param>
/// <param name="Formula">The first part of its summary.</param>
/// <param name="Rule">The second part, after two spaces: the gradients of its inputs.</param>
internal sealed record OperationSource(string Family, string Key, string Call, string Formula, string Rule)
{
    private static readonly Dictionary<string, string> Operators = new()
    {
        ["+2"] = "op_Addition",
        ["-2"] = "op_Subtraction",
        ["*2"] = "op_Multiply",
        ["/2"] = "op_Division",
        ["-1"] = "op_UnaryNegation",
    };

    /// <summary>All of them, by the order of files and lines.</summary>
    public static IReadOnlyList<OperationSource> Read() =>
    [
        .. from file in Repository.Files("src/AutoDiffLsr/Operations", "*.cs")
        from method in CSharpSyntaxTree.ParseText(Repository.Read(file), CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview)).GetRoot().DescendantNodes().OfType<BaseMethodDeclarationSyntax>()
        where method.Modifiers.Any(SyntaxKind.PublicKeyword) && method is MethodDeclarationSyntax or OperatorDeclarationSyntax
        select Of(method),
    ];

    /// <summary>The summary of each family, by its name.</summary>
    public static IReadOnlyDictionary<string, string> Families() =>
        (from file in Repository.Files("src/AutoDiffLsr/Operations", "*.cs")
         from type in CSharpSyntaxTree.ParseText(Repository.Read(file), CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview)).GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>()
         where type.Modifiers.Any(SyntaxKind.PublicKeyword)
         select (type.Identifier.Text, Summary(type))).ToDictionary(pair => pair.Text, pair => pair.Item2);

    private static OperationSource Of(BaseMethodDeclarationSyntax method)
    {
        TypeDeclarationSyntax type = method.Ancestors().OfType<TypeDeclarationSyntax>().First(type => type is ClassDeclarationSyntax or StructDeclarationSyntax);
        ParameterSyntax? receiver = method.Parent is ExtensionBlockDeclarationSyntax { ParameterList: { } list } && !method.Modifiers.Any(SyntaxKind.StaticKeyword) ? list.Parameters[0] : null;
        ParameterSyntax[] parameters = receiver is null ? [.. method.ParameterList.Parameters] : [receiver, .. method.ParameterList.Parameters];
        string name = method is OperatorDeclarationSyntax op ? Operators[$"{op.OperatorToken.Text}{parameters.Length}"] : ((MethodDeclarationSyntax)method).Identifier.Text;
        string[] parts = Summary(method).Split(".  ", 2);
        return new OperationSource(
            type.Identifier.Text,
            $"{type.Identifier.Text}.{name}({string.Join(", ", parameters.Select(parameter => TypeName(parameter.Type!)))})",
            CallOf(method, type, parameters),
            parts[0].TrimEnd('.'),
            parts.Length > 1 ? parts[1].TrimEnd('.') : "");
    }

    private static string CallOf(BaseMethodDeclarationSyntax method, TypeDeclarationSyntax type, ParameterSyntax[] parameters)
    {
        string[] names = [.. parameters.Select(parameter => parameter.Identifier.Text)];
        if (method is OperatorDeclarationSyntax op)
            return names.Length == 1 ? $"{op.OperatorToken.Text}{names[0]}" : $"{names[0]} {op.OperatorToken.Text} {names[1]}";
        string name = ((MethodDeclarationSyntax)method).Identifier.Text;
        bool isExtension = method.Parent is ExtensionBlockDeclarationSyntax || parameters is [{ } first, ..] && first.Modifiers.Any(SyntaxKind.ThisKeyword);
        return isExtension ? $"{names[0]}.{name}({string.Join(", ", names[1..])})" : $"{type.Identifier.Text}.{name}({string.Join(", ", names)})";
    }

    /// <summary>The name that reflection gives the type.</summary>
    private static string TypeName(TypeSyntax type) => type switch
    {
        ArrayTypeSyntax array => $"{TypeName(array.ElementType)}[]",
        NullableTypeSyntax nullable => TypeName(nullable.ElementType),
        GenericNameSyntax generic => generic.Identifier.Text,
        PredefinedTypeSyntax predefined => predefined.Keyword.Text switch { "int" => "Int32", "double" => "Double", "bool" => "Boolean", var other => other },
        _ => type.ToString(),
    };

    private static string Summary(SyntaxNode node)
    {
        string comment = string.Join('\n', node.GetLeadingTrivia().ToFullString().Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("///", StringComparison.Ordinal)).Select(line => line[3..].Trim()));
        return comment.Length == 0 ? "" : Text(XElement.Parse($"<doc>{comment}</doc>").Element("summary")!).Replace('\n', ' ').Trim();
    }

    private static string Text(XElement element) => string.Concat(element.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "paramref" or "typeparamref" } reference => reference.Attribute("name")!.Value,
        XElement { Name.LocalName: "see" } reference => (reference.Attribute("cref") ?? reference.Attribute("langword"))!.Value.Split('.')[^1],
        XElement inner => Text(inner),
        _ => "",
    }));
}
