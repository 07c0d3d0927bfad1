package io.hubwire.kit.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Listens on a free loopback port and passes each connection on to the next of its targets in turn, so with several targets it is a load balancer without
 * any stickiness. What comes to each connection is up to {@link ProxiedConnection}'s methods.
 *
 * <p>Usable from any thread. A fault is in effect when the call that asks for it returns.
 */
public final class FaultProxy implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final int SOCKET_BUFFER_BYTES = 32 * 1024; // small, so that a reader that has stopped is felt soon

    private final Selector selector;
    private final ServerSocketChannel listener;
    private final int port;
    private final List<Integer> targets;
    private final Consumer<ProxiedConnection> faults;
    private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();
    private final Set<ProxiedConnection> open = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean closed;

    // proxy thread only
    private final Set<ProxiedConnection> timed = new HashSet<>();
    private int accepted;

    private FaultProxy(List<Integer> targets, Consumer<ProxiedConnection> faults) throws IOException {
        this.targets = List.copyOf(targets);
        this.faults = faults;
        this.selector = Selector.open();
        this.listener = ServerSocketChannel.open();
        listener.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES); // of those it accepts
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        this.port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
        this.thread = new Thread(this::run, "kit-proxy-" + port);
        thread.setDaemon(true);
    }

    /** A proxy that passes everything on until told otherwise. */
    public static FaultProxy to(Integer... ports) {
        return start(List.of(ports), connection -> {});
    }

    /**
     * Starts a proxy.
     *
     * @param targets ports of the loopback interface, taken in turn
     * @param faults told of each connection as soon as it is accepted, on the proxy's thread; may call any of its methods
     */
    public static FaultProxy start(List<Integer> targets, Consumer<ProxiedConnection> faults) {
        try {
            FaultProxy proxy = new FaultProxy(targets, faults);
            proxy.thread.start();
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    /** The connections that are open at this moment, in no order. */
    public List<ProxiedConnection> connections() {
        return List.copyOf(open);
    }

    /** Ends all connections with a reset, and the proxy. Waits until its thread has ended. Idempotent. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Has something done on the proxy's thread, and waits until it is; nothing happens after the end. */
    void order(Runnable order) {
        if (Thread.currentThread() == thread) {
            order.run();
            return;
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        orders.add(() -> {
            order.run();
            done.complete(null);
        });
        selector.wakeup();
        CompletableFuture.anyOf(done, ended).join();
    }

    /** The connection will have something to do when nothing has happened but time. */
    void timed(ProxiedConnection connection) {
        timed.add(connection);
    }

    void ended(ProxiedConnection connection) {
        open.remove(connection);
        timed.remove(connection);
    }

    private void run() {
        try (selector;
                listener) {
            while (!closed) {
                round();
            }
            connections().forEach(ProxiedConnection::resetNow);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            ended.complete(null);
        }
    }

    private void round() throws IOException {
        selector.select(this::serve, millisUntilNextDue());
        for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
            order.run();
        }
        long now = System.nanoTime();
        for (ProxiedConnection connection : List.copyOf(timed)) {
            connection.goOnAt(now);
        }
    }

    /** As {@link Selector#select(long)} wants it: zero is for ever. */
    private long millisUntilNextDue() {
        long now = System.nanoTime();
        long nearest = Long.MAX_VALUE;
        for (ProxiedConnection connection : timed) {
            nearest = Math.min(nearest, connection.nanosUntilDue(now));
        }
        return nearest == Long.MAX_VALUE ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(nearest) + 1);
    }

    private void serve(SelectionKey key) {
        if (key.attachment() instanceof ProxiedConnection connection) {
            connection.selected(key);
        } else {
            accept();
        }
    }

    private void accept() {
        List<SocketChannel> channels = new ArrayList<>();
        try {
            SocketChannel client = listener.accept();
            if (client == null) {
                return;
            }
            channels.add(client);
            SocketChannel server = SocketChannel.open();
            channels.add(server);
            pass(client, server);
        } catch (IOException e) {
            channels.forEach(ProxiedConnection::reset);
        }
    }

    private void pass(SocketChannel client, SocketChannel server) throws IOException {
        server.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
        for (SocketChannel channel : List.of(client, server)) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
        }
        int target = targets.get(accepted++ % targets.size());
        ProxiedConnection connection =
                new ProxiedConnection(this, target, client.register(selector, 0), server.register(selector, 0));
        open.add(connection);
        faults.accept(connection);
        connection.connect();
    }
}
