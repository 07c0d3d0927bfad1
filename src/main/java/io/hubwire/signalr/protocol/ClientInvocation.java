package io.hubwire.signalr.protocol;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A hub's call of a client method: an element of a frame's messages (protocol §4.4).
 *
 * @param hub the declared name; clients lower-case it themselves
 * @param method as written in the hub's code
 * @param state what the hub changed of the caller's state, or null; only for calls of the caller
 */
public record ClientInvocation(String hub, String method, List<RawJson> args, RawJson state) {

    /** Refuses nulls, but for {@code state}. */
    public ClientInvocation {
        Objects.requireNonNull(hub, "hub");
        Objects.requireNonNull(method, "method");
        args = List.copyOf(args);
    }

    /** {@code {"H":…,"M":…,"A":[…]}} and a last {@code "S"} if there is state; in UTF-8, on one line. */
    public byte[] toUtf8() {
        return toJson().getBytes(StandardCharsets.UTF_8);
    }

    /** The same as text. */
    public String toJson() {
        StringBuilder json = new StringBuilder(128);
        json.append("{\"H\":");
        Json.appendString(json, hub);
        json.append(",\"M\":");
        Json.appendString(json, method);
        json.append(",\"A\":[");
        for (int i = 0; i < args.size(); i++) {
            if (i > 0) {
                json.append(',');
            }
            args.get(i).appendTo(json);
        }
        json.append(']');
        if (state != null) {
            json.append(",\"S\":");
            state.appendTo(json);
        }
        return json.append('}').toString();
    }
}
