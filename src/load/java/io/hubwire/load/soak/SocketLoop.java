package io.hubwire.load.soak;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One thread that reads and writes any number of sockets, and runs tasks and timers in between: what only it touches needs no guard. */
final class SocketLoop implements Executor, AutoCloseable {
    private static final int READ_BYTES = 1 << 16;
    private static final long LONGEST_WAIT_MILLIS = 100;

    private final Selector selector;
    private final Consumer<Throwable> failures;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::millis)); // loop's thread only
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES); // loop's thread only
    private final Thread thread;
    private volatile boolean closing;

    private record Timer(long millis, Runnable task) {}

    /** @param failures is told, on the loop's thread, what a task has thrown */
    SocketLoop(Consumer<Throwable> failures) throws IOException {
        this.failures = failures;
        selector = Selector.open();
        thread = new Thread(this::run, "soak-loop");
    }

    /** Starts the thread. */
    void start() {
        thread.start();
    }

    /** Runs the task on the loop's thread, soon. From any thread. */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /** What the loop's thread has to say. Blocks; from any thread but that. */
    <T> T ask(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, this).join();
    }

    /** Runs the task after a while. From the loop's thread. */
    void later(long delayMillis, Runnable task) {
        timers.add(new Timer(nowMillis() + delayMillis, task));
    }

    private static long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    /** Connects. From the loop's thread; the reader hears of it there.
     *
     * @param from the local end */
    ClientSocket connect(InetSocketAddress from, InetSocketAddress to, ClientSocket.Reader reader) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.bind(from);
            ClientSocket socket = new ClientSocket(channel, reader);
            socket.registered(channel.register(selector, SelectionKey.OP_CONNECT, socket));
            channel.connect(to);
            return socket;
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    private void run() {
        try {
            while (!closing) {
                selector.select(waitMillis());
                List<SelectionKey> ready = new ArrayList<>(selector.selectedKeys());
                selector.selectedKeys().clear();
                ready.forEach(key -> guarded(() -> ((ClientSocket) key.attachment()).ready(buffer)));
                runTasks();
            }
        } catch (IOException e) {
            failures.accept(e);
        }
    }

    private long waitMillis() {
        long untilTimer = timers.isEmpty() ? LONGEST_WAIT_MILLIS : timers.peek().millis() - nowMillis();
        return Math.max(1, Math.min(LONGEST_WAIT_MILLIS, untilTimer));
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            guarded(task);
        }
        while (!timers.isEmpty() && timers.peek().millis() <= nowMillis()) {
            guarded(timers.remove().task());
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException failure) {
            failures.accept(failure);
        }
    }

    /** Ends the thread and closes all sockets. */
    @Override
    public void close() throws IOException {
        closing = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
