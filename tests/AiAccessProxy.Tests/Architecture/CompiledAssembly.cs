using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace AiAccessProxy.Tests.Architecture;

/// <summary>
/// Reads out of a compiled assembly which type makes use of which: in its inheritance, its members' signatures, its attributes and, what
/// source text does not show, in the bodies of its methods.
/// </summary>
internal sealed class CompiledAssembly : IDisposable
{
    private readonly PEReader _file;
    private readonly MetadataReader _reader;
    private readonly string _name;
    private readonly SignatureTypes _signatures;

    public CompiledAssembly(string path)
    {
        _file = new PEReader(File.OpenRead(path));
        _reader = _file.GetMetadataReader();
        _name = _reader.GetString(_reader.GetAssemblyDefinition().Name);
        _signatures = new SignatureTypes(TypesOf);
    }

    /// <summary>Outermost types, what the compiler made for itself left out.</summary>
    public IReadOnlyList<NamedType> Types =>
        [.. _reader.TypeDefinitions.Where(handle => _reader.GetTypeDefinition(handle).GetDeclaringType().IsNil).Select(Outermost)
            .Where(type => !type.IsGenerated)];

    public IReadOnlyList<Use> Uses() =>
        [.. _reader.TypeDefinitions.SelectMany(handle => UsedBy(_reader.GetTypeDefinition(handle)).Select(to => new Use(Outermost(handle), to)))
            .Where(use => use.From != use.To && !use.From.IsGenerated).Distinct()];

    public void Dispose() => _file.Dispose();

    private IEnumerable<NamedType> UsedBy(TypeDefinition type) =>
    [
        .. TypesOf(type.BaseType),
        .. type.GetInterfaceImplementations().SelectMany(handle => TypesOf(_reader.GetInterfaceImplementation(handle).Interface)),
        .. Constraints(type.GetGenericParameters()),
        .. Attributes(type.GetCustomAttributes()),
        .. type.GetFields().Select(_reader.GetFieldDefinition).SelectMany(field =>
            field.DecodeSignature(_signatures, null).Concat(Attributes(field.GetCustomAttributes()))),
        .. type.GetProperties().SelectMany(handle => Attributes(_reader.GetPropertyDefinition(handle).GetCustomAttributes())),
        .. type.GetMethods().SelectMany(handle => UsedBy(_reader.GetMethodDefinition(handle))),
    ];

    private IEnumerable<NamedType> UsedBy(MethodDefinition method)
    {
        var signature = method.DecodeSignature(_signatures, null);
        IEnumerable<NamedType> head =
        [
            .. signature.ReturnType,
            .. signature.ParameterTypes.SelectMany(types => types),
            .. Constraints(method.GetGenericParameters()),
            .. Attributes(method.GetCustomAttributes()),
            .. method.GetParameters().SelectMany(handle => Attributes(_reader.GetParameter(handle).GetCustomAttributes())),
        ];
        if (method.RelativeVirtualAddress == 0) return head;

        var body = _file.GetMethodBody(method.RelativeVirtualAddress);
        return
        [
            .. head,
            .. body.LocalSignature.IsNil
                ? []
                : _reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(_signatures, null).SelectMany(types => types),
            .. body.ExceptionRegions.SelectMany(region => TypesOf(region.CatchType)),
            .. TokensOf.Body(body).SelectMany(TypesOf),
        ];
    }

    private IEnumerable<NamedType> Constraints(GenericParameterHandleCollection parameters) => parameters
        .SelectMany(handle => _reader.GetGenericParameter(handle).GetConstraints())
        .SelectMany(handle => TypesOf(_reader.GetGenericParameterConstraint(handle).Type));

    private IEnumerable<NamedType> Attributes(CustomAttributeHandleCollection attributes) =>
        attributes.SelectMany(handle => TypesOf(_reader.GetCustomAttribute(handle).Constructor));

    private IEnumerable<NamedType> TypesOf(EntityHandle handle) => handle.IsNil ? [] : handle.Kind switch
    {
        HandleKind.TypeDefinition => [Outermost((TypeDefinitionHandle)handle)],
        HandleKind.TypeReference => [Outermost((TypeReferenceHandle)handle)],
        HandleKind.TypeSpecification => _reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(_signatures, null),
        HandleKind.MethodDefinition => [Outermost(_reader.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType())],
        HandleKind.FieldDefinition => [Outermost(_reader.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType())],
        HandleKind.MemberReference => TypesOf(_reader.GetMemberReference((MemberReferenceHandle)handle).Parent),
        HandleKind.MethodSpecification => TypesOf(_reader.GetMethodSpecification((MethodSpecificationHandle)handle)),
        _ => [],
    };

    private IEnumerable<NamedType> TypesOf(MethodSpecification method) =>
        TypesOf(method.Method).Concat(method.DecodeSignature(_signatures, null).SelectMany(types => types));

    private NamedType Outermost(TypeDefinitionHandle handle)
    {
        var type = _reader.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer
            ? Outermost(outer)
            : new NamedType(_name, _reader.GetString(type.Namespace), _reader.GetString(type.Name));
    }

    private NamedType Outermost(TypeReferenceHandle handle)
    {
        var type = _reader.GetTypeReference(handle);
        return type.ResolutionScope.Kind switch
        {
            HandleKind.TypeReference => Outermost((TypeReferenceHandle)type.ResolutionScope),
            HandleKind.AssemblyReference => new NamedType(
                _reader.GetString(_reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name),
                _reader.GetString(type.Namespace),
                _reader.GetString(type.Name)),
            _ => new NamedType(_name, _reader.GetString(type.Namespace), _reader.GetString(type.Name)),
        };
    }
}
