package io.hubwire.kit.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;

/** One connection through a {@link FaultProxy}. What is done to it may come after its end, and then has no effect. */
public final class ProxiedConnection {
    private final FaultProxy proxy;
    private final int target;
    private final SelectionKey client;
    private final SelectionKey server;
    private final Pipe upstream;
    private final Pipe downstream;

    // proxy thread only
    private boolean connected;
    private boolean swallowed;
    private boolean over;

    ProxiedConnection(FaultProxy proxy, int target, SelectionKey client, SelectionKey server) {
        this.proxy = proxy;
        this.target = target;
        this.client = client;
        this.server = server;
        this.upstream = new Pipe(client, server);
        this.downstream = new Pipe(server, client);
        client.attach(this);
        server.attach(this);
    }

    /** The port to which it is passed on. */
    public int target() {
        return target;
    }

    /** Both sides see a reset, as of a cable that was torn and a router that knows it. */
    public void cut() {
        proxy.order(this::resetNow);
    }

    /** Both sides see an ordinary end, whatever is still on its way. */
    public void end() {
        proxy.order(this::endNow);
    }

    /** The client sees the end of what the server sends; it may go on sending. */
    public void halfCloseTowardsClient() {
        proxy.order(() -> goOnAfter(downstream::closeEarly));
    }

    /** The server sees the end of what the client sends; it may go on sending. */
    public void halfCloseTowardsServer() {
        proxy.order(() -> goOnAfter(upstream::closeEarly));
    }

    /** From now on nothing comes through either way, not even the end of a side, and nobody is told. */
    public void swallow() {
        proxy.order(() -> goOnAfter(() -> swallowed = true));
    }

    /** What comes from now on takes so much longer, in both directions. */
    public void delay(Duration duration) {
        proxy.order(() -> goOnAfter(() -> {
            proxy.timed(this);
            upstream.delay(duration);
            downstream.delay(duration);
        }));
    }

    /**
     * The client gets no more than this from now on.
     *
     * @param bytesPerSecond at least 1
     */
    public void throttle(int bytesPerSecond) {
        proxy.order(() -> goOnAfter(() -> {
            proxy.timed(this);
            downstream.throttle(bytesPerSecond);
        }));
    }

    // --- proxy thread ---

    void connect() {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), target);
            connected = ((SocketChannel) server.channel()).connect(address);
            server.interestOps(SelectionKey.OP_CONNECT);
            goOn();
        } catch (IOException e) {
            resetNow();
        }
    }

    void selected(SelectionKey key) {
        if (over) {
            return;
        }
        try {
            if (key.isConnectable()) {
                ((SocketChannel) server.channel()).finishConnect();
                connected = true;
            }
            goOn();
        } catch (IOException e) {
            resetNow();
        }
    }

    long nanosUntilDue(long nowNanos) {
        if (!passes()) {
            return Long.MAX_VALUE;
        }
        return Math.min(upstream.nanosUntilDue(nowNanos), downstream.nanosUntilDue(nowNanos));
    }

    /** Moves on what has become due. */
    void goOnAt(long nowNanos) {
        if (nanosUntilDue(nowNanos) == 0) {
            goOn();
        }
    }

    void resetNow() {
        finish(() -> List.of(client, server).forEach(key -> reset((SocketChannel) key.channel())));
    }

    private void endNow() {
        finish(() -> List.of(client, server).forEach(key -> close((SocketChannel) key.channel())));
    }

    private void finish(Runnable how) {
        if (!over) {
            over = true;
            how.run();
            proxy.ended(this);
        }
    }

    private void goOnAfter(Runnable change) {
        if (!over) {
            change.run();
            goOn();
        }
    }

    private boolean passes() {
        return connected && !swallowed && !over;
    }

    private void goOn() {
        if (!connected || over) {
            return;
        }
        if (swallowed) {
            client.interestOps(0);
            server.interestOps(0);
            return;
        }
        try {
            long now = System.nanoTime();
            upstream.move(now);
            downstream.move(now);
            client.interestOps(upstream.sourceInterest() | downstream.sinkInterest());
            server.interestOps(downstream.sourceInterest() | upstream.sinkInterest());
            if (upstream.isDone() && downstream.isDone()) {
                endNow();
            }
        } catch (IOException e) {
            resetNow();
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void reset(SocketChannel channel) {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException alreadyReset) {
            // Then it only has to be closed.
        }
        close(channel);
    }
}
