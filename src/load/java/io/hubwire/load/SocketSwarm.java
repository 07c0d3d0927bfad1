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

/**
 * Many WebSocket clients on one thread. It does not parse frames: every message carries a mark and the time of its publishing, and the swarm counts
 * marks, so that a frame with ten messages counts ten.
 */
final class SocketSwarm implements AutoCloseable {
    /** As {@link ChildServer#text} begins, with the quote before it; no header of a WebSocket frame looks like that. */
    private static final byte[] MARK = "\"#t".getBytes(StandardCharsets.US_ASCII);

    private static final int MOST_SAMPLES = 2_000_000;
    private static final byte[] HANDSHAKE_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Selector selector;
    private final List<SocketChannel> channels = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
    private final Thread reader;
    private final AtomicLong received = new AtomicLong();
    private volatile boolean closing;
    private long[] latencies = new long[MOST_SAMPLES]; // reader thread; handed over by takeLatencies while it is idle
    private int samples;

    SocketSwarm() throws IOException {
        selector = Selector.open();
        reader = new Thread(this::readAll, "swarm");
    }

    /** Blocks until the server has switched protocols; before {@link #start}. */
    void connect(int port, String pathAndQuery) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        String request = "GET " + pathAndQuery + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\nSec-WebSocket-Version: 13\r\n\r\n";
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        requireSwitch(channel);
        channel.configureBlocking(false);
        channels.add(channel);
    }

    private static void requireSwitch(SocketChannel channel) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        StringBuilder head = new StringBuilder();
        int matched = 0;
        while (matched < HANDSHAKE_END.length) {
            one.clear();
            if (channel.read(one) < 0) {
                throw new IOException("the server closed during the handshake: " + head);
            }
            byte next = one.get(0);
            head.append((char) next);
            matched = next == HANDSHAKE_END[matched] ? matched + 1 : next == HANDSHAKE_END[0] ? 1 : 0;
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException("no upgrade: " + head);
        }
    }

    int size() {
        return channels.size();
    }

    void start() throws IOException {
        for (SocketChannel channel : channels) {
            channel.register(selector, SelectionKey.OP_READ, new Scanner());
        }
        reader.start();
    }

    /** Messages of all clients so far. */
    long received() {
        return received.get();
    }

    /** Latencies in nanoseconds since the last call, sorted. Only while nothing is arriving. */
    long[] takeLatencies() {
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
                    read((SocketChannel) key.channel(), key);
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void read(SocketChannel channel, SelectionKey key) throws IOException {
        buffer.clear();
        int count = channel.read(buffer);
        if (count < 0) {
            key.cancel();
            throw new IOException("the server has closed a connection");
        }
        long now = System.nanoTime();
        buffer.flip();
        received.addAndGet(((Scanner) key.attachment()).scan(buffer, now));
    }

    @Override
    public void close() throws IOException {
        closing = true;
        selector.wakeup();
        awaitReader();
        for (SocketChannel channel : channels) {
            channel.close();
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

    /** Finds marks in one client's bytes, also across reads. */
    private final class Scanner {
        private int matched;
        private boolean inStamp;
        private long stamp;

        int scan(ByteBuffer source, long now) {
            int found = 0;
            while (source.hasRemaining()) {
                byte next = source.get();
                matched = next == MARK[matched] ? matched + 1 : next == MARK[0] ? 1 : 0;
                if (matched == MARK.length) {
                    matched = 0;
                    found++;
                    inStamp = true;
                    stamp = 0;
                } else if (inStamp && next >= '0' && next <= '9') {
                    stamp = stamp * 10 + (next - '0');
                } else if (inStamp) {
                    inStamp = false;
                    sample(now - stamp);
                }
            }
            return found;
        }

        private void sample(long latency) {
            if (samples < MOST_SAMPLES) {
                latencies[samples++] = latency;
            }
        }
    }
}
