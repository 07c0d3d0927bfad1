package io.hubwire.signalr.connection;

/** What the connection token of a request proves (protocol §1.3 steps 9 and 10). */
public sealed interface ConnectionIdResult {

    /**
     * The request is this connection's.
     *
     * @param connectionId not empty
     */
    record Proven(String connectionId) implements ConnectionIdResult {

        public Proven {
            if (connectionId.isEmpty()) {
                throw new IllegalArgumentException("A connection id must not be empty.");
            }
        }
    }

    /**
     * The request is refused.
     *
     * @param status a 4xx status
     * @param message for the client, as plain text; no echo of its input
     */
    record Refused(int status, String message) implements ConnectionIdResult {}
}
