package io.hubwire.signalr.protocol;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The hubs that a client takes part in, as its query parameter {@code connectionData} lists them (protocol §1.5). */
public final class ConnectionData {

    /** Longest text that is read, in characters. */
    public static final int MAX_LENGTH = 65_536;

    /** Most hubs that one connection may list. */
    public static final int MAX_HUBS = 512;

    private ConnectionData() {}

    /**
     * Reads {@code [{"name":"chat"},…]}; the key in any case, other members ignored (captures 01023 to 01041). Text that is still percent-encoded is
     * decoded first: the old Java client encodes it twice (protocol §1.6).
     *
     * @param text the decoded parameter; null or empty means no hubs
     * @return the names as sent, in order, unequal even when case is ignored; whether they exist is not known here
     * @throws ConnectionDataException for everything else: no array of objects with a name each, a name twice or with a
     *     dot, too long
     */
    public static List<String> parse(String text) {
        if (text == null || text.isEmpty()) {
            return List.of();
        }
        if (text.length() > MAX_LENGTH) {
            throw ConnectionDataException.overLimit(
                    "connectionData has " + text.length() + " characters, at most " + MAX_LENGTH + " are allowed.");
        }
        try (JsonSlicer slicer = new JsonSlicer(decoded(text))) {
            List<String> names = names(slicer);
            slicer.end();
            return names;
        } catch (MalformedJsonException e) {
            throw new ConnectionDataException(
                    "connectionData must be a JSON array of objects with a name. " + e.getMessage(), e);
        }
    }

    private static String decoded(String text) {
        try {
            return text.startsWith("%") ? URLDecoder.decode(text, StandardCharsets.UTF_8) : text;
        } catch (IllegalArgumentException noEscapes) {
            return text;
        }
    }

    private static List<String> names(JsonSlicer slicer) {
        List<String> names = new ArrayList<>();
        Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        slicer.beginArray();
        while (slicer.nextObject()) {
            String name = check(name(slicer));
            if (!seen.add(name)) {
                throw new ConnectionDataException("Duplicate Hub names found.");
            }
            if (names.size() == MAX_HUBS) {
                throw ConnectionDataException.overLimit("connectionData lists more than " + MAX_HUBS + " hubs.");
            }
            names.add(name);
        }
        return List.copyOf(names);
    }

    private static RawJson name(JsonSlicer slicer) {
        RawJson name = RawJson.NULL;
        for (String key = slicer.nextKey(); key != null; key = slicer.nextKey()) {
            RawJson value = slicer.value();
            if (key.equalsIgnoreCase("name")) {
                name = value;
            }
        }
        return name;
    }

    private static String check(RawJson name) {
        if (name.kind() != RawJson.Kind.STRING) {
            throw new ConnectionDataException("A hub in connectionData has no name, or one that is not a string.");
        }
        String text = name.scalarText();
        if (text.isEmpty() || text.indexOf('.') >= 0) {
            throw new ConnectionDataException("The hub name '" + text + "' is invalid.");
        }
        return text;
    }
}
