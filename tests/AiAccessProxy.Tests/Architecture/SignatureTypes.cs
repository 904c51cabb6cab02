using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace AiAccessProxy.Tests.Architecture;

/// <summary>Every type that a signature names.</summary>
internal sealed class SignatureTypes(Func<EntityHandle, IEnumerable<NamedType>> typesOf)
    : ISignatureTypeProvider<IEnumerable<NamedType>, object?>
{
    public IEnumerable<NamedType> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => typesOf(handle);

    public IEnumerable<NamedType> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => typesOf(handle);

    public IEnumerable<NamedType> GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) => typesOf(handle);

    public IEnumerable<NamedType> GetGenericInstantiation(
        IEnumerable<NamedType> genericType, ImmutableArray<IEnumerable<NamedType>> typeArguments) =>
        typeArguments.Aggregate(genericType, (all, argument) => all.Concat(argument));

    public IEnumerable<NamedType> GetFunctionPointerType(MethodSignature<IEnumerable<NamedType>> signature) =>
        signature.ParameterTypes.Aggregate(signature.ReturnType, (all, parameter) => all.Concat(parameter));

    public IEnumerable<NamedType> GetModifiedType(
        IEnumerable<NamedType> modifier, IEnumerable<NamedType> unmodifiedType, bool isRequired) => modifier.Concat(unmodifiedType);

    public IEnumerable<NamedType> GetArrayType(IEnumerable<NamedType> elementType, ArrayShape shape) => elementType;

    public IEnumerable<NamedType> GetByReferenceType(IEnumerable<NamedType> elementType) => elementType;

    public IEnumerable<NamedType> GetPinnedType(IEnumerable<NamedType> elementType) => elementType;

    public IEnumerable<NamedType> GetPointerType(IEnumerable<NamedType> elementType) => elementType;

    public IEnumerable<NamedType> GetSZArrayType(IEnumerable<NamedType> elementType) => elementType;

    public IEnumerable<NamedType> GetPrimitiveType(PrimitiveTypeCode typeCode) => [];

    public IEnumerable<NamedType> GetGenericMethodParameter(object? genericContext, int index) => [];

    public IEnumerable<NamedType> GetGenericTypeParameter(object? genericContext, int index) => [];
}
