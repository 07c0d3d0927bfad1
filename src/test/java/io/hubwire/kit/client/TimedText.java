package io.hubwire.kit.client;

import java.time.Duration;

/**
 * Some text and when it came.
 *
 * @param after time since the request was sent
 * @param text one read's worth of body, decoded as UTF-8; how a body is cut into pieces is up to the network
 */
public record TimedText(Duration after, String text) {}
