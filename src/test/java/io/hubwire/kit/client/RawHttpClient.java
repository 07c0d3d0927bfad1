package io.hubwire.kit.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/**
 * Opens one connection per request and never reuses it. Stateless; usable from any thread.
 *
 * @param host host name or address
 * @param port TCP port
 */
public record RawHttpClient(String host, int port) {
    private static final int CONNECT_TIMEOUT_MILLIS = 20_000;

    /** Sends the request and returns at once; the answer is read by the exchange's own thread. */
    public RawExchange open(RawHttpRequest request) {
        Socket socket = send(request);
        RawExchange exchange = new RawExchange(socket, request);
        exchange.startReading();
        return exchange;
    }

    /**
     * Sends the request and waits for the complete answer.
     *
     * @throws AssertionError when it is not complete within {@code timeout}
     */
    public RawExchange call(RawHttpRequest request, Duration timeout) {
        RawExchange exchange = open(request);
        exchange.awaitEnd(timeout);
        return exchange;
    }

    /** Opens a connection, writes the request and leaves reading the answer to the caller. */
    Socket send(RawHttpRequest request) {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(host, port), CONNECT_TIMEOUT_MILLIS);
            socket.getOutputStream().write(request.bytes(host + ":" + port));
            socket.getOutputStream().flush();
            return socket;
        } catch (IOException e) {
            Sockets.closeQuietly(socket);
            throw new UncheckedIOException("Cannot send " + request + " to " + host + ":" + port, e);
        }
    }
}
