package io.hubwire.load;

/** A server that can push one text to all of its sockets. */
interface ServerUnderTest extends AutoCloseable {

    int port();

    /** Hands {@code text} over for delivery to everyone; does not wait for it. */
    void publish(String text);

    @Override
    void close();
}
