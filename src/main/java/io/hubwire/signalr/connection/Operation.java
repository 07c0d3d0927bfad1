package io.hubwire.signalr.connection;

import io.hubwire.signalr.transport.TransportKind;
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
    RECONNECT("/reconnect"),
    /** Every other path: a receive request that is no connect. */
    OTHER("");

    private final String suffix;
    private final String text = name().toLowerCase(Locale.ROOT);

    Operation(String suffix) {
        this.suffix = suffix;
    }

    /** For people. */
    String text() {
        return text;
    }

    /** Never fails: an unknown suffix is {@link #OTHER}. */
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
        return OTHER;
    }

    /** What a receive request on this path counts as: only long polling knows polls, and they are what is nothing else (protocol §5.2). */
    Operation asReceiveOver(TransportKind transport) {
        if (transport != TransportKind.LONG_POLLING) {
            return this == CONNECT ? CONNECT : RECONNECT;
        }
        return this == CONNECT || this == RECONNECT ? this : POLL;
    }
}
