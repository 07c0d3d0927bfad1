package io.hubwire.signalr.tracing;

import java.time.Instant;

/**
 * What a source has said.
 *
 * @param thread that said it, by name
 * @param text one line, see {@link LineText}
 */
record TraceEvent(Instant time, String thread, String source, TraceEventType type, String text) {}
