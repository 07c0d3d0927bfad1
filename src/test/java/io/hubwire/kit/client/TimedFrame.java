package io.hubwire.kit.client;

import java.time.Duration;

/**
 * A frame that was received.
 *
 * @param after time since the handshake was sent
 * @param frame the frame, exactly as it came
 */
public record TimedFrame(Duration after, WebSocketFrame frame) {}
