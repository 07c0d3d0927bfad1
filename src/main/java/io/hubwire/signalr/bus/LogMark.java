package io.hubwire.signalr.bus;

/**
 * How far the log had come at some moment, in the measures in which a tail is limited.
 *
 * @param entries handed over so far
 * @param bytes handed over so far
 * @param nanos when
 */
record LogMark(long entries, long bytes, long nanos) {}
