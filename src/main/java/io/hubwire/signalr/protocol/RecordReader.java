package io.hubwire.signalr.protocol;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads a record from an object: keys in any case, unknown ones ignored, of equal ones the last counts; components that
 * are missing get null, zero or false.
 */
final class RecordReader implements Function<RawJson, Object> {
    private final StandardJsonBinding binding;
    private final Constructor<?> constructor;
    private final Type[] types;
    private final Object[] defaults;
    private final Map<String, Integer> indexes = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    RecordReader(StandardJsonBinding binding, Type type, Class<?> raw) {
        RecordComponent[] components = raw.getRecordComponents();
        this.binding = binding;
        this.constructor = canonicalConstructor(raw, components);
        this.types = new Type[components.length];
        this.defaults = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = JavaTypes.resolve(components[i].getGenericType(), type);
            defaults[i] = defaultOf(components[i].getType());
            indexes.put(components[i].getName(), i);
        }
    }

    private static Constructor<?> canonicalConstructor(Class<?> raw, RecordComponent[] components) {
        Class<?>[] parameters =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = raw.getDeclaredConstructor(parameters);
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every record has its canonical constructor: " + raw.getName(), e);
        }
    }

    private static Object defaultOf(Class<?> type) {
        return type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : null;
    }

    @Override
    public Object apply(RawJson value) {
        Object[] arguments = defaults.clone();
        try (JsonSlicer members = new JsonSlicer(value.text())) {
            members.beginObject();
            for (String key = members.nextKey(); key != null; key = members.nextKey()) {
                RawJson member = members.value();
                Integer index = indexes.get(key);
                if (index != null) {
                    arguments[index] = binding.read(member, types[index]);
                }
            }
        }
        return construct(arguments);
    }

    private Object construct(Object[] arguments) {
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw new JsonBindingException(
                    constructor.getDeclaringClass().getName() + " refuses these values.", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new JsonBindingException(constructor.getDeclaringClass().getName() + " cannot be made.", e);
        }
    }
}
