package io.hubwire.signalr.protocol;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers questions about generic types: what class is it, and of what. Any thread. */
public final class JavaTypes {

    /** A generic class with its arguments filled in. */
    private record Parameterized(Class<?> raw, List<Type> arguments) implements ParameterizedType {

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
            return raw.getDeclaringClass();
        }

        @Override
        public String toString() {
            return raw.getName() + arguments;
        }
    }

    private JavaTypes() {}

    /** The class that a value of the type has, or extends: of a wildcard or variable its first bound. */
    public static Class<?> rawClass(Type type) {
        if (type instanceof Class<?> known) {
            return known;
        }
        if (type instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        }
        if (type instanceof GenericArrayType array) {
            return rawClass(array.getGenericComponentType()).arrayType();
        }
        if (type instanceof WildcardType wildcard) {
            return rawClass(wildcard.getUpperBounds()[0]);
        }
        return rawClass(((TypeVariable<?>) type).getBounds()[0]);
    }

    /** What an array of this type has as elements. */
    static Type componentType(Type array) {
        return array instanceof GenericArrayType generic
                ? generic.getGenericComponentType()
                : rawClass(array).getComponentType();
    }

    /**
     * What {@code type} fills in for a parameter of its supertype: for a list of strings and {@code Iterable}, string.
     * Object when it leaves that open.
     */
    static Type argument(Type type, Class<?> supertype, int index) {
        Class<?> raw = rawClass(type);
        if (raw == supertype) {
            return type instanceof ParameterizedType parameterized
                    ? parameterized.getActualTypeArguments()[index]
                    : Object.class;
        }
        for (Type parent : raw.getGenericInterfaces()) {
            if (supertype.isAssignableFrom(rawClass(parent))) {
                return argument(resolve(parent, type), supertype, index);
            }
        }
        Type parent = raw.getGenericSuperclass();
        return parent == null ? Object.class : argument(resolve(parent, type), supertype, index);
    }

    /** Fills the variables of {@code declared}, which a member of {@code owner} has, with the owner's arguments. */
    static Type resolve(Type declared, Type owner) {
        return declared instanceof Class<?> ? declared : substitute(declared, variables(owner));
    }

    private static Map<TypeVariable<?>, Type> variables(Type owner) {
        Map<TypeVariable<?>, Type> variables = new HashMap<>();
        if (owner instanceof ParameterizedType parameterized) {
            TypeVariable<?>[] parameters = rawClass(owner).getTypeParameters();
            Type[] arguments = parameterized.getActualTypeArguments();
            for (int i = 0; i < parameters.length; i++) {
                variables.put(parameters[i], arguments[i]);
            }
        }
        return variables;
    }

    private static Type substitute(Type type, Map<TypeVariable<?>, Type> variables) {
        if (type instanceof TypeVariable<?> variable) {
            Type known = variables.get(variable);
            return known == null ? rawClass(variable) : known;
        }
        if (type instanceof ParameterizedType parameterized) {
            List<Type> arguments = Arrays.stream(parameterized.getActualTypeArguments())
                    .map(argument -> substitute(argument, variables))
                    .toList();
            return new Parameterized(rawClass(parameterized), arguments);
        }
        if (type instanceof WildcardType wildcard) {
            return substitute(wildcard.getUpperBounds()[0], variables);
        }
        if (type instanceof GenericArrayType array) {
            Class<?> component = rawClass(substitute(array.getGenericComponentType(), variables));
            return component.arrayType();
        }
        return type;
    }
}
