package io.hubwire.signalr.connection;

import java.util.Optional;

/**
 * What a receive request says about itself.
 *
 * @param operation what it counts as: connect, poll or reconnect
 * @param delayedStart whether {@code onConnected} runs in {@code /start} (protocol §2.3)
 * @param cursor {@code messageId}
 * @param groupsToken as sent, not yet verified
 */
record ReceiveRequest(
        Operation operation, boolean delayedStart, Optional<String> cursor, Optional<String> groupsToken) {}
