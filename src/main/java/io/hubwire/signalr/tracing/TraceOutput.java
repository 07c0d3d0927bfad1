package io.hubwire.signalr.tracing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * One listener: gathers its lines, writes them, and says in their place how many it has not got. Confined to the writer's thread, but for {@link #lose}.
 */
final class TraceOutput {
    /** The source of what a listener says itself. */
    static final String OWN_SOURCE = "Hubwire.Tracing";

    private static final Logger LOG = System.getLogger(TraceOutput.class.getName());
    private static final int GATHERED_BYTES = 64 * 1024;

    private final String name;
    private final LineFormat format;
    private final LineSink sink;
    private final boolean autoflush;
    private final int most; // bytes gathered, never more than fit into a file
    private final LongConsumer lostLines;
    private final AtomicLong lost = new AtomicLong(); // and not told yet
    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
    private int lines; // gathered
    private long told; // lines lost, as a gathered line says
    private boolean failing;

    /**
     * @param name for the log
     * @param maxBytes most bytes of one write
     * @param lostLines hears how many lines could not be written, on any thread
     */
    TraceOutput(
            String name, LineFormat format, LineSink sink, boolean autoflush, long maxBytes, LongConsumer lostLines) {
        this.name = name;
        this.format = format;
        this.sink = sink;
        this.autoflush = autoflush;
        this.most = (int) Math.min(GATHERED_BYTES, maxBytes);
        this.lostLines = lostLines;
    }

    /** A line did not get as far as the writer. Any thread. */
    void lose() {
        lost.incrementAndGet();
        lostLines.accept(1);
    }

    void write(TraceEvent event) {
        tellLost();
        gather(event);
        lines++;
    }

    /** There is no line left for now. */
    void rest() {
        tellLost();
        if (autoflush) {
            flush();
        }
    }

    void close() {
        tellLost();
        flush();
        try {
            sink.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "The listener " + name + " could not close its file.", e);
        }
    }

    private void tellLost() {
        long missing = lost.getAndSet(0);
        if (missing > 0) {
            String text = missing == 1 ? "1 line lost" : missing + " lines lost";
            gather(new TraceEvent(
                    Instant.now(), Thread.currentThread().getName(), OWN_SOURCE, TraceEventType.WARNING, text));
            told += missing;
        }
    }

    private void gather(TraceEvent event) {
        byte[] line = (format.line(event) + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
        if (gathered.size() + line.length > most) {
            flush();
        }
        gathered.writeBytes(line);
    }

    private void flush() {
        if (gathered.size() == 0) {
            return;
        }
        try {
            sink.write(gathered.toByteArray());
            failing = false;
        } catch (IOException e) {
            failed(e);
        }
        gathered.reset();
        lines = 0;
        told = 0;
    }

    /** Told once, until something can be written again. */
    private void failed(IOException reason) {
        lost.addAndGet(lines + told);
        lostLines.accept(lines);
        if (!failing) {
            failing = true;
            LOG.log(
                    Level.WARNING,
                    "The listener " + name + " cannot write; its lines are lost until it can: "
                            + LineText.of(reason.toString()));
        }
    }
}
