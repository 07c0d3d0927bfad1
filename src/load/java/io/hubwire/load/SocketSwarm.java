package io.hubwire.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * Many clients on one thread. It does not parse frames: every message carries a mark and the time of its publishing, and the swarm counts
 * marks, so that a frame with ten messages counts ten.
 */
final class SocketSwarm implements AutoCloseable {
    private static final int MOST_SAMPLES = 2_000_000;
    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Selector selector;
    private final List<SwarmClient> clients = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
    private final Thread reader;
    private final AtomicLong received = new AtomicLong();
    private volatile boolean closing;
    private final long[] latencies = new long[MOST_SAMPLES]; // guarded by this
    private int samples; // guarded by this
    private long readAt; // reader thread

    SocketSwarm() throws IOException {
        selector = Selector.open();
        reader = new Thread(this::readAll, "swarm");
    }

    /** Adds a WebSocket. Blocks until the server has switched protocols; before {@link #start}, as all that add. */
    void connect(int port, String pathAndQuery) throws IOException {
        clients.add(new SwarmClient.OverSocket(upgraded(port, pathAndQuery), scanner()));
    }

    /** Adds a WebSocket that calls, from {@link #start} on, with an argument of so many bytes. */
    void call(int port, String pathAndQuery, int bytes) throws IOException {
        clients.add(new SwarmClient.Caller(upgraded(port, pathAndQuery), scanner(), bytes));
    }

    private static SocketChannel upgraded(int port, String pathAndQuery) throws IOException {
        SocketChannel channel = send(
                port,
                pathAndQuery,
                String.join(
                        "\r\n",
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==",
                        "Sec-WebSocket-Version: 13",
                        ""));
        requireHead(channel, "HTTP/1.1 101");
        return channel;
    }

    /** Adds an answer that does not end. Blocks until its head has come. */
    void stream(int port, String pathAndQuery) throws IOException {
        SocketChannel channel = send(port, pathAndQuery, "Accept: text/event-stream\r\n");
        requireHead(channel, "HTTP/1.1 200");
        clients.add(new SwarmClient.OverStream(channel, scanner()));
    }

    /**
     * Adds a client that polls, from {@link #start} on.
     *
     * @param pathAfter path and query of the poll for what comes after a cursor
     */
    void poll(int port, String cursor, UnaryOperator<String> pathAfter) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        clients.add(new SwarmClient.OverPolls(
                channel, scanner(), cursor, after -> request(port, pathAfter.apply(after), "")));
    }

    private MarkScanner scanner() {
        return new MarkScanner(stamp -> sample(readAt - stamp));
    }

    private static SocketChannel send(int port, String pathAndQuery, String headers) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.write(ByteBuffer.wrap(request(port, pathAndQuery, headers).getBytes(StandardCharsets.US_ASCII)));
        return channel;
    }

    private static String request(int port, String pathAndQuery, String headers) {
        return "GET " + pathAndQuery + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n" + headers + "\r\n";
    }

    private static void requireHead(SocketChannel channel, String statusLine) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        StringBuilder head = new StringBuilder();
        int matched = 0;
        while (matched < HEAD_END.length) {
            one.clear();
            if (channel.read(one) < 0) {
                throw new IOException("the server closed before it had answered: " + head);
            }
            byte next = one.get(0);
            head.append((char) next);
            matched = next == HEAD_END[matched] ? matched + 1 : next == HEAD_END[0] ? 1 : 0;
        }
        if (!head.toString().startsWith(statusLine)) {
            throw new IOException("not " + statusLine + " but " + head);
        }
    }

    int size() {
        return clients.size();
    }

    void start() throws IOException {
        for (SwarmClient client : clients) {
            client.channel.configureBlocking(false);
            client.channel.register(selector, SelectionKey.OP_READ, client);
            client.begin();
        }
        reader.start();
    }

    /** Messages of all clients so far, or answers. */
    long received() {
        return received.get();
    }

    /** Latencies in nanoseconds since the last call, sorted. */
    synchronized long[] takeLatencies() {
        long[] taken = Arrays.copyOf(latencies, samples);
        samples = 0;
        Arrays.sort(taken);
        return taken;
    }

    private void readAll() {
        try {
            while (!closing) {
                selector.select(100);
                for (SelectionKey key : selector.selectedKeys()) {
                    read((SwarmClient) key.attachment(), key);
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void read(SwarmClient client, SelectionKey key) throws IOException {
        buffer.clear();
        int count = client.channel.read(buffer);
        if (count < 0) {
            key.cancel();
            throw new IOException("the server has closed a connection");
        }
        readAt = System.nanoTime();
        buffer.flip();
        received.addAndGet(client.read(buffer));
    }

    @Override
    public void close() throws IOException {
        closing = true;
        selector.wakeup();
        awaitReader();
        for (SwarmClient client : clients) {
            client.channel.close();
        }
        selector.close();
    }

    private void awaitReader() {
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void sample(long latency) {
        if (samples < MOST_SAMPLES) {
            latencies[samples++] = latency;
        }
    }
}
