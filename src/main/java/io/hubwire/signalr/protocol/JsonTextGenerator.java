package io.hubwire.signalr.protocol;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes one JSON value the way the original does (protocol §4.2), bounded in depth. Its callers write well-formed
 * sequences; it does not check them. Confined to one call.
 */
final class JsonTextGenerator implements JsonGenerator {

    /** Deepest nesting that is written: a result is no peer's input, but a cycle must end somewhere. Bits of a long. */
    static final int MAX_DEPTH = 64;

    /** What stands at the current position. */
    private enum Place {
        FIRST,
        LATER,
        AFTER_KEY
    }

    /**
     * A Java value inside JSON of another maker, to be written by the rules of this package: JSON-B hands it over
     * without knowing what it is.
     */
    record Bound(Object value) implements JsonValue {

        @Override
        public ValueType getValueType() {
            return ValueType.NULL; // no question for a value that is not JSON yet; it is unwrapped before anybody asks
        }
    }

    /** Writes any value to a generator. */
    interface ValueWriter {
        void write(Object value, JsonTextGenerator out);
    }

    private final ValueWriter values;
    private final StringBuilder json = new StringBuilder(128);
    private final List<Object> owners = new ArrayList<>(0);
    private long objects;
    private int depth;
    private int deepest;
    private Place place = Place.FIRST;

    /** @param values writes what is {@link Bound} */
    JsonTextGenerator(ValueWriter values) {
        this.values = values;
    }

    /** What was written. */
    RawJson toRawJson() {
        return RawJson.compact(json.toString(), kind(), deepest);
    }

    private RawJson.Kind kind() {
        return switch (json.charAt(0)) {
            case '{' -> RawJson.Kind.OBJECT;
            case '[' -> RawJson.Kind.ARRAY;
            case '"' -> RawJson.Kind.STRING;
            case 't', 'f' -> RawJson.Kind.BOOLEAN;
            case 'n' -> RawJson.Kind.NULL;
            default -> RawJson.Kind.NUMBER;
        };
    }

    /** Appends a value that is JSON already. */
    JsonTextGenerator raw(RawJson value) {
        checkDepth(depth + value.depth());
        deepest = Math.max(deepest, depth + value.depth());
        value.appendTo(value());
        return this;
    }

    private boolean atKey() {
        return isObject() && place != Place.AFTER_KEY;
    }

    /** Opens an object that is the JSON of {@code owner}, unless the owner is being written already. */
    JsonTextGenerator startObject(Object owner) {
        return own(writeStartObject(), owner);
    }

    /** Opens an array that is the JSON of {@code owner}, unless the owner is being written already. */
    JsonTextGenerator startArray(Object owner) {
        return own(writeStartArray(), owner);
    }

    private static JsonTextGenerator own(JsonTextGenerator out, Object owner) {
        for (Object open : out.owners) {
            if (open == owner) {
                throw new JsonBindingException(
                        "A value of type " + owner.getClass().getName() + " refers to itself.");
            }
        }
        out.owners.set(out.depth - 1, owner);
        return out;
    }

    /** Whether the innermost open level is an object: a bit for each level. */
    private boolean isObject() {
        return depth > 0 && ((objects >>> (depth - 1)) & 1) != 0;
    }

    private static void checkDepth(int depth) {
        if (depth > MAX_DEPTH) {
            throw new JsonBindingException(
                    "A value is nested deeper than " + MAX_DEPTH + " levels; does it refer to itself?");
        }
    }

    /** Makes room for a value. */
    private StringBuilder value() {
        if (place == Place.LATER) {
            json.append(',');
        }
        place = Place.LATER;
        return json;
    }

    private JsonTextGenerator open(char bracket, boolean object) {
        checkDepth(depth + 1);
        value().append(bracket);
        objects = object ? objects | (1L << depth) : objects & ~(1L << depth);
        depth++;
        owners.add(null);
        deepest = Math.max(deepest, depth);
        place = Place.FIRST;
        return this;
    }

    @Override
    public JsonTextGenerator writeStartObject() {
        return open('{', true);
    }

    @Override
    public JsonTextGenerator writeStartObject(String name) {
        return writeKey(name).writeStartObject();
    }

    @Override
    public JsonTextGenerator writeKey(String name) {
        Json.appendString(value(), name);
        json.append(':');
        place = Place.AFTER_KEY;
        return this;
    }

    @Override
    public JsonTextGenerator writeStartArray() {
        return open('[', false);
    }

    @Override
    public JsonTextGenerator writeStartArray(String name) {
        return writeKey(name).writeStartArray();
    }

    @Override
    public JsonTextGenerator writeEnd() {
        json.append(isObject() ? '}' : ']');
        depth--;
        owners.remove(depth);
        place = Place.LATER;
        return this;
    }

    @Override
    public JsonTextGenerator write(JsonValue value) {
        if (value instanceof Bound bound) {
            writeBound(bound.value());
            return this;
        }
        switch (value.getValueType()) {
            case OBJECT -> {
                writeStartObject();
                ((JsonObject) value).forEach(this::write);
                writeEnd();
            }
            case ARRAY -> {
                writeStartArray();
                ((JsonArray) value).forEach(this::write);
                writeEnd();
            }
            case STRING -> write(((JsonString) value).getString());
            case NUMBER, TRUE, FALSE, NULL -> value().append(value);
        }
        return this;
    }

    private void writeBound(Object value) {
        if (atKey()) {
            writeKey(ScalarWriters.key(value));
        } else {
            values.write(value, this);
        }
    }

    /** Like {@link #write(double)} with a float's digits. */
    JsonTextGenerator write(float value) {
        Json.appendFloat(value(), value);
        return this;
    }

    @Override
    public JsonTextGenerator write(String value) {
        Json.appendString(value(), value);
        return this;
    }

    @Override
    public JsonTextGenerator write(BigDecimal value) {
        Json.appendDecimal(value(), value);
        return this;
    }

    @Override
    public JsonTextGenerator write(BigInteger value) {
        value().append(value);
        return this;
    }

    @Override
    public JsonTextGenerator write(int value) {
        value().append(value);
        return this;
    }

    @Override
    public JsonTextGenerator write(long value) {
        value().append(value);
        return this;
    }

    @Override
    public JsonTextGenerator write(double value) {
        Json.appendDouble(value(), value);
        return this;
    }

    @Override
    public JsonTextGenerator write(boolean value) {
        value().append(value);
        return this;
    }

    @Override
    public JsonTextGenerator writeNull() {
        value().append("null");
        return this;
    }

    @Override
    public JsonTextGenerator write(String name, JsonValue value) {
        return writeKey(name).write(value);
    }

    @Override
    public JsonTextGenerator write(String name, String value) {
        return writeKey(name).write(value);
    }

    @Override
    public JsonTextGenerator write(String name, BigInteger value) {
        return writeKey(name).write(value);
    }

    @Override
    public JsonTextGenerator write(String name, BigDecimal value) {
        return writeKey(name).write(value);
    }

    @Override
    public JsonTextGenerator write(String name, int value) {
        return writeKey(name).write(value);
    }

    @Override
    public JsonTextGenerator write(String name, long value) {
        return writeKey(name).write(value);
    }

    @Override
    public JsonTextGenerator write(String name, double value) {
        return writeKey(name).write(value);
    }

    @Override
    public JsonTextGenerator write(String name, boolean value) {
        return writeKey(name).write(value);
    }

    @Override
    public JsonTextGenerator writeNull(String name) {
        return writeKey(name).writeNull();
    }

    /** Nothing to close: the text is in memory. */
    @Override
    public void close() {
        flush();
    }

    /** Nothing to flush. */
    @Override
    public void flush() {
        // the text is in memory
    }
}
