package io.hubwire.signalr.protocol;

import io.hubwire.signalr.protocol.JsonTextGenerator.ValueWriter;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The library's own rules in front of an {@link ObjectBinding}: scalars, collections and records are bound here,
 * everything else there. What is found out about a type is kept for as long as this object lives.
 */
final class StandardJsonBinding implements JsonBinding {
    private static final int EXCERPT_LENGTH = 40;

    private final ObjectBinding objects;
    private final Map<Type, Function<RawJson, Object>> readers = new ConcurrentHashMap<>();
    private final Map<Class<?>, ValueWriter> writers = new ConcurrentHashMap<>();

    /** @param objects makes the binding of beans, which may call back */
    StandardJsonBinding(Function<StandardJsonBinding, ObjectBinding> objects) {
        this.objects = objects.apply(this);
    }

    @Override
    public Object read(RawJson value, Type type) {
        if (value.depth() > Json.MAX_READ_DEPTH) {
            throw new JsonBindingException("A value is nested " + value.depth() + " levels deep, at most "
                    + Json.MAX_READ_DEPTH + " are allowed.");
        }
        if (value.isNull()) {
            return readNull(type);
        }
        try {
            return reader(type).apply(value);
        } catch (JsonBindingException e) {
            throw e;
        } catch (RuntimeException e) {
            // whatever a reader, a constructor or a JSON library throws: the value does not fit
            throw new JsonBindingException(describe(value) + " cannot be read as " + type.getTypeName() + ".", e);
        }
    }

    private static Object readNull(Type type) {
        Class<?> raw = JavaTypes.rawClass(type);
        if (raw.isPrimitive()) {
            throw new JsonBindingException("null cannot be read as " + raw.getName() + ".");
        }
        if (raw == RawJson.class) {
            return RawJson.NULL;
        }
        return raw == Optional.class || ContainerReaders.isOptionalNumber(raw) ? ContainerReaders.empty(raw) : null;
    }

    private static String describe(RawJson value) {
        String text = value.text();
        return text.length() <= EXCERPT_LENGTH
                ? "The value " + text
                : "The value " + text.substring(0, EXCERPT_LENGTH) + "… (" + text.length() + " characters)";
    }

    private Function<RawJson, Object> reader(Type type) {
        Function<RawJson, Object> known = readers.get(type);
        if (known != null) {
            return known;
        }
        Function<RawJson, Object> found = findReader(type, JavaTypes.rawClass(type));
        readers.put(type, found); // the same reader may be made twice; either will do
        return found;
    }

    private Function<RawJson, Object> findReader(Type type, Class<?> raw) {
        Function<RawJson, Object> scalar = ScalarReaders.find(raw);
        if (scalar != null) {
            return scalar;
        }
        Function<RawJson, Object> container = ContainerReaders.find(this, type, raw);
        if (container != null) {
            return container;
        }
        if (raw.isRecord() && !objects.claims(raw)) {
            return new RecordReader(this, type, raw);
        }
        return value -> objects.read(value, type);
    }

    @Override
    public RawJson write(Object value) {
        if (value instanceof RawJson json) {
            return json;
        }
        if (value instanceof String text) {
            return RawJson.ofString(text);
        }
        JsonTextGenerator out = new JsonTextGenerator(this::write);
        write(value, out);
        return out.toRawJson();
    }

    /** Writes a value at the current position. */
    void write(Object value, JsonTextGenerator out) {
        if (value == null) {
            out.writeNull();
            return;
        }
        try {
            writer(value.getClass()).write(value, out);
        } catch (JsonBindingException e) {
            throw e;
        } catch (RuntimeException e) {
            // whatever a getter or a JSON library throws
            throw new JsonBindingException(
                    "A value of type " + value.getClass().getName() + " cannot be written as JSON.", e);
        }
    }

    @Override
    public JsonShape shape(Type type) {
        return new ShapeFinder(objects).shape(type);
    }

    private ValueWriter writer(Class<?> type) {
        ValueWriter known = writers.get(type);
        if (known != null) {
            return known;
        }
        ValueWriter found = findWriter(type);
        writers.put(type, found);
        return found;
    }

    private ValueWriter findWriter(Class<?> type) {
        ValueWriter scalar = ScalarWriters.find(type);
        if (scalar != null) {
            return scalar;
        }
        ValueWriter container = ContainerWriters.find(this, type);
        if (container != null) {
            return container;
        }
        return type.isRecord() && !objects.claims(type) ? new RecordWriter(this, type) : objects::write;
    }
}
