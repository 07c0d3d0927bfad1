package io.hubwire.kit.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One direction of a connection: what was read and has not been written. It holds little, so a sink that takes nothing is felt by the source. Confined
 * to the proxy's thread.
 */
final class Pipe {
    private static final int MOST_BYTES = 64 * 1024;
    private static final int READ_BYTES = 16 * 1024;
    private static final int TURNS_PER_SECOND = 20; // of a throttled direction
    private static final long SECOND = 1_000_000_000L;

    private final SelectionKey source;
    private final SelectionKey sink;
    private final Deque<Piece> waiting = new ArrayDeque<>();
    private int bytes;
    private boolean read; // to the end
    private boolean closed;
    private boolean blocked; // the sink takes nothing at the moment
    private long delayNanos;
    private int bytesPerTurn = Integer.MAX_VALUE;
    private int allowance = Integer.MAX_VALUE;
    private long nextTurnNanos;

    private record Piece(ByteBuffer content, long dueNanos) {}

    Pipe(SelectionKey source, SelectionKey sink) {
        this.source = source;
        this.sink = sink;
    }

    void delay(Duration duration) {
        delayNanos = duration.toNanos();
    }

    void throttle(int bytesPerSecond) {
        bytesPerTurn = Math.max(1, bytesPerSecond / TURNS_PER_SECOND);
        allowance = bytesPerTurn;
        nextTurnNanos = System.nanoTime();
    }

    /** Ends this direction as if the source had, and drops what is on its way. */
    void closeEarly() {
        waiting.clear();
        bytes = 0;
        read = true;
    }

    /** Reads and writes what is possible at this moment. */
    void move(long nowNanos) throws IOException {
        fill(nowNanos);
        drain(nowNanos);
        if (read && waiting.isEmpty() && !closed) {
            closed = true;
            channel(sink).shutdownOutput();
        }
    }

    private void fill(long nowNanos) throws IOException {
        while (!read && bytes < MOST_BYTES) {
            ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
            int count = channel(source).read(buffer);
            if (count <= 0) {
                read = count < 0;
                return;
            }
            bytes += count;
            waiting.add(new Piece(buffer.flip(), nowNanos + delayNanos));
        }
    }

    private void drain(long nowNanos) throws IOException {
        blocked = false;
        refill(nowNanos);
        while (!waiting.isEmpty() && !blocked && allowance > 0 && waiting.peek().dueNanos <= nowNanos) {
            ByteBuffer content = waiting.peek().content;
            int whole = content.limit();
            content.limit(Math.min(whole, content.position() + Math.min(content.remaining(), allowance)));
            int wanted = content.remaining();
            int count = channel(sink).write(content);
            content.limit(whole);
            blocked = count < wanted;
            bytes -= count;
            allowance -= bytesPerTurn == Integer.MAX_VALUE ? 0 : count;
            if (!content.hasRemaining()) {
                waiting.remove();
            }
        }
    }

    private void refill(long nowNanos) {
        if (bytesPerTurn != Integer.MAX_VALUE && nowNanos >= nextTurnNanos) {
            allowance = bytesPerTurn;
            nextTurnNanos = nowNanos + SECOND / TURNS_PER_SECOND;
        }
    }

    /** Zero when something may be written that nothing but time has held back. */
    long nanosUntilDue(long nowNanos) {
        if (waiting.isEmpty() || blocked) {
            return Long.MAX_VALUE;
        }
        long due = waiting.peek().dueNanos;
        return Math.max(0, (allowance > 0 ? due : Math.max(due, nextTurnNanos)) - nowNanos);
    }

    int sourceInterest() {
        return !read && bytes < MOST_BYTES ? SelectionKey.OP_READ : 0;
    }

    int sinkInterest() {
        return blocked ? SelectionKey.OP_WRITE : 0;
    }

    boolean isDone() {
        return closed;
    }

    private static SocketChannel channel(SelectionKey key) {
        return (SocketChannel) key.channel();
    }
}
