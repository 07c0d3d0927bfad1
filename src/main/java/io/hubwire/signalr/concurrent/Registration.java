package io.hubwire.signalr.concurrent;

/** Something that was begun and is ended by whoever holds this. */
@FunctionalInterface
public interface Registration extends AutoCloseable {

    /** Ends it. Idempotent, callable from any thread, does not block. */
    @Override
    void close();
}
