package io.hubwire.load;

import java.util.Arrays;

/** How the clients of a run receive. */
enum LoadTransport {
    WEB_SOCKETS("webSockets"),
    SERVER_SENT_EVENTS("serverSentEvents"),
    LONG_POLLING("longPolling");

    private final String wireName;

    LoadTransport(String wireName) {
        this.wireName = wireName;
    }

    /** As in the query parameter {@code transport}, and on the command line. */
    String wireName() {
        return wireName;
    }

    static LoadTransport of(String wireName) {
        return Arrays.stream(values())
                .filter(transport -> transport.wireName.equalsIgnoreCase(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown transport " + wireName));
    }
}
