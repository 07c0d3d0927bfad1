package io.hubwire.signalr.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A client's call of a hub method (protocol §6.1).
 *
 * @param hub as sent; matched in any case
 * @param method as sent; matched in any case; may be empty, which no method is called
 * @param args positional, not looked at; none when missing or null. Nesting beyond {@link Json#MAX_READ_DEPTH} is
 *     refused when they are bound
 * @param id the invocation id as text, or null when the client sent none
 * @param state the client's state object, or null when it sent none; at most {@value #MAX_STATE_LENGTH} characters
 */
public record HubRequest(String hub, String method, List<RawJson> args, String id, RawJson state) {

    /** Most arguments: a Java method cannot declare more parameters. */
    public static final int MAX_ARGUMENTS = 255;

    /** Longest hub name, method name or invocation id, in characters. */
    public static final int MAX_NAME_LENGTH = 1024;

    /** Longest state, in characters of its JSON (protocol §6.1; the documented text says bytes). */
    public static final int MAX_STATE_LENGTH = 4096;

    /** Refuses nulls, but for {@code id} and {@code state}. */
    public HubRequest {
        Objects.requireNonNull(hub, "hub");
        Objects.requireNonNull(method, "method");
        args = List.copyOf(args);
    }

    /**
     * Reads a call. Keys come in any order, unknown ones are ignored, of equal ones the last counts (capture 07029).
     * Numbers and booleans are taken for names and ids as text (captures 07022 to 07025). Only JSON is read: comments,
     * single quotes, bare keys, trailing commas, NaN and hexadecimal numbers, which the original's parser lets pass,
     * are refused.
     *
     * @param data not longer than its transport allows
     * @throws HubRequestException for everything that the original does not answer as a hub call (captures 07001 to
     *     07036), and beyond the limits
     */
    public static HubRequest parse(String data) {
        if (data == null || data.isEmpty()) {
            throw new HubRequestException("The hub call is empty.");
        }
        try (JsonSlicer slicer = new JsonSlicer(data)) {
            Parts parts = new Parts();
            slicer.beginObject();
            for (String key = slicer.nextKey(); key != null; key = slicer.nextKey()) {
                parts.read(key, slicer);
            }
            slicer.end();
            return parts.toRequest();
        } catch (MalformedJsonException e) {
            throw new HubRequestException("The hub call cannot be read. " + e.getMessage(), e);
        }
    }

    /** What has been read of a call so far. */
    private static final class Parts {
        private String hub;
        private String method;
        private List<RawJson> args = List.of();
        private String id;
        private RawJson state;

        void read(String key, JsonSlicer slicer) {
            switch (key) {
                case "H" -> hub = name("H", slicer.value());
                case "M" -> method = name("M", slicer.value());
                case "I" -> id = name("I", slicer.value());
                case "A" -> args = args(slicer);
                case "S" -> state = state(slicer.value());
                default -> slicer.value();
            }
        }

        HubRequest toRequest() {
            if (hub == null || method == null) {
                throw new HubRequestException("The hub call lacks " + (hub == null ? "H, the hub." : "M, the method."));
            }
            return new HubRequest(hub, method, args, id, state);
        }

        private static String name(String key, RawJson value) {
            return switch (value.kind()) {
                case NULL -> null;
                case BOOLEAN -> value.equals(RawJson.TRUE) ? "True" : "False"; // capture 07024
                case STRING, NUMBER -> limited(key, value);
                case ARRAY, OBJECT -> throw new HubRequestException(key + " of the hub call must be a string.");
            };
        }

        private static String limited(String key, RawJson value) {
            if (value.length() > MAX_NAME_LENGTH) {
                throw HubRequestException.overLimit(key + " of the hub call has " + value.length()
                        + " characters, at most " + MAX_NAME_LENGTH + " are allowed.");
            }
            return value.scalarText();
        }

        private static List<RawJson> args(JsonSlicer slicer) {
            if (!slicer.beginArrayOrNull()) {
                return List.of();
            }
            List<RawJson> args = new ArrayList<>(4);
            for (RawJson arg = slicer.nextElement(); arg != null; arg = slicer.nextElement()) {
                if (args.size() == MAX_ARGUMENTS) {
                    throw HubRequestException.overLimit("The hub call has more than " + MAX_ARGUMENTS + " arguments.");
                }
                args.add(arg);
            }
            return args;
        }

        private static RawJson state(RawJson value) {
            if (value.isNull()) {
                return null;
            }
            if (value.length() > MAX_STATE_LENGTH) {
                throw HubRequestException.overLimit(
                        "State has exceeded the maximum length of " + MAX_STATE_LENGTH + " bytes.");
            }
            if (value.kind() != RawJson.Kind.OBJECT) {
                throw new HubRequestException("S of the hub call must be an object.");
            }
            if (value.depth() > Json.MAX_READ_DEPTH) {
                throw HubRequestException.overLimit("S of the hub call is nested " + value.depth()
                        + " levels deep, at most " + Json.MAX_READ_DEPTH + " are allowed.");
            }
            return value;
        }
    }
}
