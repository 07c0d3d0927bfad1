package io.hubwire.signalr.tracing;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Writes the lines of a deployment's listeners on one thread, which it owns from {@link #start} to {@link #close}. Whoever traces never waits: what the queue cannot take is lost,
 * counted and told.
 */
final class TraceWriter implements AutoCloseable {
    /** Most lines that wait: some 16 MB of the longest ones. */
    static final int QUEUE_LINES = 4096;

    private static final Logger LOG = System.getLogger(TraceWriter.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Entry END = new Entry(null, List.of()); // the one without an event

    private record Entry(TraceEvent event, List<TraceOutput> outputs) {}

    private final List<TraceOutput> outputs;
    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(QUEUE_LINES);
    private final Thread thread;
    private volatile boolean closed;

    /** @param outputs closed with the writer */
    TraceWriter(String threadName, ClassLoader contextClassLoader, List<TraceOutput> outputs) {
        this.outputs = List.copyOf(outputs);
        this.thread = new Thread(null, this::run, threadName, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(contextClassLoader);
    }

    void start() {
        thread.start();
    }

    /** Has the line written by each of {@code outputs}, in order of the calls. Any thread; never blocks. After the end it has no effect. */
    void write(TraceEvent event, List<TraceOutput> to) {
        if (!closed && !queue.offer(new Entry(event, to))) {
            to.forEach(TraceOutput::lose);
        }
    }

    /** Writes what waits and closes the outputs; gives up after a few seconds when a disk hangs. Idempotent. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            boolean heard = queue.offer(END, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            thread.join(heard ? PATIENCE.toMillis() : 1);
            if (thread.isAlive()) {
                thread.interrupt(); // which closes the file it writes to
                thread.join(PATIENCE.toMillis());
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            Entry next = queue.take();
            while (next.event() != null) {
                write(next);
                next = queue.poll();
                if (next == null) {
                    outputs.forEach(TraceOutput::rest);
                    next = queue.take();
                }
            }
        } catch (InterruptedException hung) {
            LOG.log(Level.DEBUG, "The last lines of traces are not written.");
            Thread.currentThread().interrupt(); // so that nothing waits for that disk once more
        } finally {
            outputs.forEach(TraceOutput::close);
        }
    }

    private static void write(Entry entry) {
        entry.outputs().forEach(output -> output.write(entry.event()));
    }
}
