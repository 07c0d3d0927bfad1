package io.hubwire.signalr.connection;

import java.util.Locale;

/** What a request asks for, by the suffix of its path in any case (protocol §1.2). */
enum Operation {
    NEGOTIATE("/negotiate"),
    PING("/ping"),
    START("/start"),
    CONNECT("/connect"),
    SEND("/send"),
    ABORT("/abort"),
    POLL("/poll"),
    /** {@code /reconnect} and every other path: a receive request that is no connect. */
    RECONNECT("/reconnect");

    private final String suffix;

    Operation(String suffix) {
        this.suffix = suffix;
    }

    /** Never fails: an unknown suffix is a reconnect. */
    static Operation ofPath(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        if (lower.endsWith(RECONNECT.suffix)) {
            return RECONNECT; // ends in "connect" as well
        }
        for (Operation operation : values()) {
            if (lower.endsWith(operation.suffix)) {
                return operation;
            }
        }
        return RECONNECT;
    }
}
