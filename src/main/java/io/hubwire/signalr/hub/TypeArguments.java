package io.hubwire.signalr.hub;

import io.hubwire.signalr.protocol.JavaTypes;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What the type variables of a class's supertypes stand for in that class, so that a method inherited from {@code Base<T>} binds its arguments to
 * what the hub says {@code T} is. A variable that is bound nowhere stands for its first bound.
 */
final class TypeArguments {
    private final Map<TypeVariable<?>, Type> bound = new HashMap<>();

    private TypeArguments() {}

    static TypeArguments of(Class<?> type) {
        TypeArguments arguments = new TypeArguments();
        arguments.collect(type);
        return arguments;
    }

    private void collect(Class<?> type) {
        if (type.getGenericSuperclass() != null) {
            collect(type.getGenericSuperclass());
        }
        for (Type implemented : type.getGenericInterfaces()) {
            collect(implemented);
        }
    }

    private void collect(Type supertype) {
        if (supertype instanceof ParameterizedType parameterized) {
            TypeVariable<?>[] variables = JavaTypes.rawClass(parameterized).getTypeParameters();
            Type[] arguments = parameterized.getActualTypeArguments();
            for (int i = 0; i < variables.length; i++) {
                bound.putIfAbsent(variables[i], resolve(arguments[i]));
            }
        }
        collect(JavaTypes.rawClass(supertype));
    }

    /** {@code type} without type variables. */
    Type resolve(Type type) {
        if (type instanceof TypeVariable<?> variable) {
            Type known = bound.get(variable);
            return known != null ? known : JavaTypes.rawClass(variable.getBounds()[0]);
        } else if (type instanceof ParameterizedType parameterized) {
            return resolve(parameterized);
        } else if (type instanceof GenericArrayType array) {
            return JavaTypes.rawClass(resolve(array.getGenericComponentType())).arrayType();
        } else if (type instanceof WildcardType wildcard) {
            return resolve(wildcard.getUpperBounds()[0]);
        }
        return type;
    }

    private Type resolve(ParameterizedType type) {
        List<Type> arguments =
                Arrays.stream(type.getActualTypeArguments()).map(this::resolve).toList();
        return new Parameterized(JavaTypes.rawClass(type), type.getOwnerType(), arguments);
    }

    /** A parameterized type whose arguments are known. */
    private record Parameterized(Class<?> raw, Type owner, List<Type> arguments) implements ParameterizedType {

        @Override
        public Type[] getActualTypeArguments() {
            return arguments.toArray(Type[]::new);
        }

        @Override
        public Type getRawType() {
            return raw;
        }

        @Override
        public Type getOwnerType() {
            return owner;
        }

        @Override
        public String toString() {
            return arguments.stream()
                    .map(Type::getTypeName)
                    .collect(Collectors.joining(", ", raw.getName() + "<", ">"));
        }

        // equal to the JDK's own, which a binding may hold as keys
        @Override
        public boolean equals(Object other) {
            return other instanceof ParameterizedType type
                    && raw.equals(type.getRawType())
                    && Objects.equals(owner, type.getOwnerType())
                    && arguments.equals(List.of(type.getActualTypeArguments()));
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(getActualTypeArguments()) ^ Objects.hashCode(owner) ^ raw.hashCode();
        }
    }
}
