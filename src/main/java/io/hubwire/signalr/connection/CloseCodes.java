package io.hubwire.signalr.connection;

/** With what this side ends a WebSocket that did not end in the ordinary way (RFC 6455 §7.4.1, and IANA's registry for the last one). */
final class CloseCodes {
    static final int POLICY_VIOLATION = 1008;
    static final int INTERNAL_ERROR = 1011;
    static final int TRY_AGAIN_LATER = 1013;

    private CloseCodes() {}
}
