package io.hubwire.signalr.protocol;

import io.hubwire.signalr.protocol.JsonTextGenerator.ValueWriter;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;

/** How arrays, iterables, maps and optionals are written. */
final class ContainerWriters {

    private ContainerWriters() {}

    /** The writer for a type; null when it is no container. */
    static ValueWriter find(StandardJsonBinding binding, Class<?> type) {
        if (type.isArray()) {
            return (value, out) -> writeArray(binding, value, out);
        }
        if (Map.class.isAssignableFrom(type)) {
            return (value, out) -> writeMap(binding, (Map<?, ?>) value, out);
        }
        if (Iterable.class.isAssignableFrom(type) && !Path.class.isAssignableFrom(type)) {
            return (value, out) -> writeIterable(binding, (Iterable<?>) value, out);
        }
        return findWrapper(binding, type);
    }

    private static ValueWriter findWrapper(StandardJsonBinding binding, Class<?> type) {
        if (type == Optional.class) {
            return (value, out) -> binding.write(((Optional<?>) value).orElse(null), out);
        }
        if (type == OptionalInt.class) {
            return (value, out) -> binding.write(boxed((OptionalInt) value), out);
        }
        if (type == OptionalLong.class) {
            return (value, out) -> binding.write(boxed((OptionalLong) value), out);
        }
        if (type == OptionalDouble.class) {
            return (value, out) -> binding.write(boxed((OptionalDouble) value), out);
        }
        if (type == AtomicReference.class) {
            return (value, out) -> binding.write(((AtomicReference<?>) value).get(), out);
        }
        return null;
    }

    private static Object boxed(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }

    private static Object boxed(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    private static Object boxed(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    private static void writeArray(StandardJsonBinding binding, Object array, JsonTextGenerator out) {
        out.startArray(array);
        int length = Array.getLength(array);
        for (int i = 0; i < length; i++) {
            binding.write(Array.get(array, i), out);
        }
        out.writeEnd();
    }

    private static void writeIterable(StandardJsonBinding binding, Iterable<?> values, JsonTextGenerator out) {
        out.startArray(values);
        for (Object value : values) {
            binding.write(value, out);
        }
        out.writeEnd();
    }

    private static void writeMap(StandardJsonBinding binding, Map<?, ?> values, JsonTextGenerator out) {
        out.startObject(values);
        values.forEach((key, value) -> {
            out.writeKey(ScalarWriters.key(key));
            binding.write(value, out);
        });
        out.writeEnd();
    }
}
