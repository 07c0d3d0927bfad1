package io.hubwire.signalr.protocol;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonLocation;
import jakarta.json.stream.JsonParser;
import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A parser whose numbers obey {@link NumberText}: an int that is too large is an error instead of another number, a
 * fraction is rounded and not cut off, and a number of a million digits is refused before anybody does sums with it.
 */
final class CheckedParser implements JsonParser {
    private final JsonParser parser;
    private Event event;

    CheckedParser(JsonParser parser) {
        this.parser = parser;
    }

    @Override
    public Event next() {
        event = parser.next();
        return event;
    }

    @Override
    public Event currentEvent() {
        return event;
    }

    @Override
    public int getInt() {
        return (int) NumberText.integer(parser.getString(), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    @Override
    public long getLong() {
        return NumberText.integer(parser.getString(), Long.MIN_VALUE, Long.MAX_VALUE);
    }

    @Override
    public BigDecimal getBigDecimal() {
        return NumberText.decimal(parser.getString());
    }

    @Override
    public String getString() {
        String text = parser.getString();
        return event == Event.VALUE_NUMBER ? NumberText.check(text) : text;
    }

    @Override
    public boolean hasNext() {
        return parser.hasNext();
    }

    @Override
    public boolean isIntegralNumber() {
        return parser.isIntegralNumber();
    }

    @Override
    public JsonLocation getLocation() {
        return parser.getLocation();
    }

    @Override
    public JsonObject getObject() {
        return parser.getObject();
    }

    @Override
    public JsonValue getValue() {
        return parser.getValue();
    }

    @Override
    public JsonArray getArray() {
        return parser.getArray();
    }

    @Override
    public Stream<JsonValue> getArrayStream() {
        return parser.getArrayStream();
    }

    @Override
    public Stream<Map.Entry<String, JsonValue>> getObjectStream() {
        return parser.getObjectStream();
    }

    @Override
    public Stream<JsonValue> getValueStream() {
        return parser.getValueStream();
    }

    @Override
    public void skipArray() {
        parser.skipArray();
    }

    @Override
    public void skipObject() {
        parser.skipObject();
    }

    @Override
    public void close() {
        parser.close();
    }
}
