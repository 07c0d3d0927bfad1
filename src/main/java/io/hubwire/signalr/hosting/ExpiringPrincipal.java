package io.hubwire.signalr.hosting;

import java.security.Principal;
import java.time.Instant;

/**
 * A principal whose credentials are good for a limited time, such as the bearer of a token. What a connection's receive request was admitted with ends
 * with them: a stream or WebSocket is closed and a poll answered, at most one tick of the heartbeat later (half of the keep-alive interval), and calls
 * that come over a WebSocket until then are not run. The client comes back by itself, and is let in if it brings better credentials.
 */
public interface ExpiringPrincipal extends Principal {

    /** The first moment at which the credentials are no longer good. Callable from any thread; does not block and never changes. */
    Instant expiresAt();
}
