package io.hubwire.load;

/** Sends all of its clients what Hubwire would, with as little as the container lets one do it. */
interface BarePush {

    /** Hands {@code text} over for delivery to everyone. */
    void publish(String text);

    /** What Hubwire's frames look like, around one or more of {@link #message}. */
    static String frame(String cursor, String messages) {
        return "{\"C\":\"" + cursor + "\",\"M\":[" + messages + "]}";
    }

    static String message(String text) {
        return "{\"H\":\"LoadHub\",\"M\":\"m\",\"A\":[\"" + text + "\"]}";
    }
}
