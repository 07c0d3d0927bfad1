package io.hubwire.signalr.protocol;

import io.hubwire.signalr.protocol.JsonShape.Simple;
import jakarta.json.JsonValue;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** Tells what the writers of this package make of a type. */
final class ShapeFinder {
    private final ObjectBinding objects;

    ShapeFinder(ObjectBinding objects) {
        this.objects = objects;
    }

    JsonShape shape(Type type) {
        Class<?> raw = JavaTypes.rawClass(type);
        if (raw.isPrimitive()) {
            return primitive(raw);
        }
        if (raw.isEnum()) {
            return enumeration(raw);
        }
        if (raw == Number.class) {
            return Simple.NUMBER;
        }
        return ScalarWriters.find(raw) != null ? scalar(raw) : composite(type, raw);
    }

    private static JsonShape primitive(Class<?> raw) {
        if (raw == boolean.class) {
            return Simple.BOOLEAN;
        }
        return raw == char.class ? Simple.TEXT : Simple.NUMBER;
    }

    private static JsonShape enumeration(Class<?> raw) {
        Map<String, Long> numbers = new LinkedHashMap<>();
        for (Object constant : raw.getEnumConstants()) {
            Enum<?> value = (Enum<?>) constant;
            numbers.put(value.name(), EnumNumbers.of(value));
        }
        return new JsonShape.Enumeration(raw, Collections.unmodifiableMap(numbers));
    }

    /** Of the types that {@link ScalarWriters} knows, all that are not listed here are written as strings. */
    private static JsonShape scalar(Class<?> raw) {
        if (raw == Boolean.class || raw == AtomicBoolean.class) {
            return Simple.BOOLEAN;
        }
        if (Number.class.isAssignableFrom(raw)) {
            return Simple.NUMBER;
        }
        boolean open = raw == RawJson.class || JsonValue.class.isAssignableFrom(raw) || raw == Enum.class;
        return open ? Simple.ANY : Simple.TEXT;
    }

    private JsonShape composite(Type type, Class<?> raw) {
        if (raw.isArray()) {
            return new JsonShape.Sequence(shape(JavaTypes.componentType(type)));
        }
        if (Map.class.isAssignableFrom(raw)) {
            return new JsonShape.Dictionary(shape(JavaTypes.argument(type, Map.class, 1)));
        }
        if (Iterable.class.isAssignableFrom(raw) && !Path.class.isAssignableFrom(raw)) {
            return new JsonShape.Sequence(shape(JavaTypes.argument(type, Iterable.class, 0)));
        }
        if (raw == Optional.class || raw == AtomicReference.class) {
            return new JsonShape.Nullable(shape(JavaTypes.argument(type, raw, 0)));
        }
        if (raw == OptionalInt.class || raw == OptionalLong.class || raw == OptionalDouble.class) {
            return new JsonShape.Nullable(Simple.NUMBER);
        }
        return object(type, raw);
    }

    private JsonShape object(Type type, Class<?> raw) {
        if (raw.isRecord() && !objects.claims(raw)) {
            return new JsonShape.Structure(type, () -> components(type, raw));
        }
        // what the JDK's own classes would be as beans, nobody means
        boolean known =
                !raw.getName().startsWith("java.") && !objects.properties(type).isEmpty();
        return known ? new JsonShape.Structure(type, () -> shapes(objects.properties(type))) : Simple.ANY;
    }

    private Map<String, JsonShape> components(Type type, Class<?> raw) {
        Map<String, Type> types = new LinkedHashMap<>();
        for (RecordComponent component : raw.getRecordComponents()) {
            types.put(component.getName(), JavaTypes.resolve(component.getGenericType(), type));
        }
        return shapes(types);
    }

    private Map<String, JsonShape> shapes(Map<String, Type> types) {
        Map<String, JsonShape> shapes = new LinkedHashMap<>();
        types.forEach((name, type) -> shapes.put(name, shape(type)));
        return Collections.unmodifiableMap(shapes);
    }
}
