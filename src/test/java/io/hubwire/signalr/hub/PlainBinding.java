package io.hubwire.signalr.hub;

import io.hubwire.signalr.protocol.Json;
import io.hubwire.signalr.protocol.JsonBinding;
import io.hubwire.signalr.protocol.JsonBindingException;
import io.hubwire.signalr.protocol.RawJson;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/** Strings, whole numbers, booleans, raw JSON and lists: enough to see what hubs do with arguments and results, and what happens when it fails. */
final class PlainBinding implements JsonBinding {

    @Override
    public Object read(RawJson value, Type type) {
        if (type == RawJson.class) {
            return value;
        }
        if (value.isNull()) {
            if (type instanceof Class<?> raw && raw.isPrimitive()) {
                throw new JsonBindingException("null does not fit " + raw);
            }
            return null;
        }
        if (value.depth() > 0) {
            throw new JsonBindingException("an array or an object does not fit " + type);
        }
        if (type == String.class) {
            return value.scalarText();
        }
        if (type == int.class || type == Integer.class) {
            return number(value);
        }
        throw new JsonBindingException("no binding of " + type);
    }

    private static Integer number(RawJson value) {
        try {
            return Integer.valueOf(value.scalarText());
        } catch (NumberFormatException e) {
            throw new JsonBindingException("Could not convert string to integer: " + value.scalarText(), e);
        }
    }

    @Override
    public RawJson write(Object value) {
        if (value == null) {
            return RawJson.NULL;
        } else if (value instanceof RawJson raw) {
            return raw;
        } else if (value instanceof String text) {
            return RawJson.parse(Json.quote(text));
        } else if (value instanceof Integer || value instanceof Boolean) {
            return RawJson.parse(value.toString());
        } else if (value instanceof List<?> list) {
            List<String> parts = new ArrayList<>();
            list.forEach(element -> parts.add(write(element).text()));
            return RawJson.parse("[" + String.join(",", parts) + "]");
        }
        throw new JsonBindingException("no binding of " + value.getClass());
    }
}
