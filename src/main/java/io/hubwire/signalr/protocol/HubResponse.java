package io.hubwire.signalr.protocol;

import java.nio.charset.StandardCharsets;

/**
 * The answer to a hub call, or its progress (protocol §6.4, §6.7). Every member may be null, and then its key is left
 * out, but for the id.
 *
 * @param state what the hub changed of the client's state
 * @param result null for void; a JSON null is left out as well
 * @param id the id of the call; written as a string, or as null
 * @param progress a progress value; makes this a progress message instead of an answer
 * @param hubException whether the error was thrown for the client to see
 * @param error text for the client
 * @param stackTrace only where the deployment asks for it
 * @param errorData what came with the error
 */
public record HubResponse(
        RawJson state,
        RawJson result,
        String id,
        RawJson progress,
        boolean hubException,
        String error,
        String stackTrace,
        RawJson errorData) {

    /** Old clients find no call of this id and ignore the message. */
    private static final String PROGRESS_ID_PREFIX = "P|";

    /** A call that succeeded. */
    public static HubResponse result(String id, RawJson result, RawJson state) {
        return new HubResponse(state, result, id, null, false, null, null, null);
    }

    /** A call that failed, in words that any client may read. */
    public static HubResponse error(String id, String error, RawJson state) {
        return new HubResponse(state, null, id, null, false, error, null, null);
    }

    /** A call that the hub itself failed. */
    public static HubResponse hubException(String id, String error, RawJson errorData, RawJson state) {
        return new HubResponse(state, null, id, null, true, error, null, errorData);
    }

    /** A progress report of a call that goes on. */
    public static HubResponse progress(String id, RawJson value, RawJson state) {
        return new HubResponse(state, null, id, value, false, null, null, null);
    }

    /** One line of JSON, keys in the order S, R, I, P, H, E, T, D. */
    public String toJson() {
        StringBuilder json = new StringBuilder(estimate()).append('{');
        member(json, "S", state);
        if (result != null && !result.isNull()) {
            member(json, "R", result);
        }
        if (progress == null) {
            text(json, "I", id);
        } else {
            progress(json);
        }
        if (hubException) {
            key(json, "H").append("true");
        }
        if (error != null) {
            text(json, "E", error);
        }
        if (stackTrace != null) {
            text(json, "T", stackTrace);
        }
        if (errorData != null && !errorData.isNull()) {
            member(json, "D", errorData);
        }
        return json.append('}').toString();
    }

    /** {@link #toJson()} in UTF-8. */
    public byte[] toUtf8() {
        return toJson().getBytes(StandardCharsets.UTF_8);
    }

    private void progress(StringBuilder json) {
        text(json, "I", id == null ? PROGRESS_ID_PREFIX : PROGRESS_ID_PREFIX + id);
        key(json, "P").append('{');
        text(json, "I", id);
        member(json, "D", progress);
        json.append('}');
    }

    private int estimate() {
        return 64
                + length(state)
                + length(result)
                + length(progress)
                + length(errorData)
                + (error == null ? 0 : error.length());
    }

    private static int length(RawJson value) {
        return value == null ? 0 : value.length();
    }

    private static void member(StringBuilder json, String key, RawJson value) {
        if (value != null) {
            value.appendTo(key(json, key));
        }
    }

    private static void text(StringBuilder json, String key, String value) {
        key(json, key);
        if (value == null) {
            json.append("null");
        } else {
            Json.appendString(json, value);
        }
    }

    private static StringBuilder key(StringBuilder json, String key) {
        if (json.charAt(json.length() - 1) != '{') {
            json.append(',');
        }
        return json.append('"').append(key).append("\":");
    }
}
