package io.hubwire.signalr.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.kit.LeakAudit;
import io.hubwire.kit.LogAudit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TraceWriterTest {
    private final LeakAudit threads = LeakAudit.ofThreads("test-trace");
    private final AtomicLong lost = new AtomicLong();
    private final SlowSink sink = new SlowSink();
    private final TraceOutput output = new TraceOutput("slow", LineFormat.TEXT, sink, true, 1 << 20, lost::addAndGet);
    private final TraceWriter writer = new TraceWriter("test-trace", getClass().getClassLoader(), List.of(output));

    /** Blocks in a write until it is let go, and fails while it is told to. */
    private static final class SlowSink implements LineSink {
        final List<String> lines = Collections.synchronizedList(new ArrayList<>());
        final CountDownLatch inside = new CountDownLatch(1);
        final CountDownLatch gate = new CountDownLatch(1);
        volatile boolean full;
        volatile boolean closed;

        @Override
        public void write(byte[] text) throws IOException {
            inside.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
            if (full) {
                throw new IOException("no space left\non device");
            }
            lines.addAll(new String(text, StandardCharsets.UTF_8).lines().toList());
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @AfterEach
    void end() {
        sink.gate.countDown();
        writer.close();
        threads.verify();
        assertThat(sink.closed).isTrue();
    }

    @Test
    void queue_atItsLimit_losesNothing() throws InterruptedException {
        writer.start();
        blockTheDisk();
        fill(TraceWriter.QUEUE_LINES);
        sink.gate.countDown();

        await("all lines").untilAsserted(() -> assertThat(sink.lines).hasSize(1 + TraceWriter.QUEUE_LINES));
        assertThat(lost).hasValue(0);
        assertThat(sink.lines).noneMatch(line -> line.contains("lost"));
    }

    @Test
    void queue_oneOverItsLimit_losesOneLineAndSaysSoInTheFile() throws InterruptedException {
        writer.start();
        blockTheDisk();
        fill(TraceWriter.QUEUE_LINES + 1);
        assertThat(lost).hasValue(1);
        sink.gate.countDown();

        await("all lines").untilAsserted(() -> assertThat(sink.lines).hasSize(2 + TraceWriter.QUEUE_LINES));
        assertThat(sink.lines)
                .filteredOn(line -> line.contains("lost"))
                .singleElement()
                .asString()
                .endsWith("Hubwire.Tracing Warning: 0 : 1 line lost");
    }

    @Test
    void disk_fullForAWhile_isToldOnceAndCountedInTheFileLater() throws InterruptedException {
        try (LogAudit log = new LogAudit()) {
            sink.gate.countDown();
            sink.full = true;
            writer.start();
            for (int i = 1; i <= 5; i++) {
                write("gone " + i);
                long expected = i;
                await("the loss").untilAsserted(() -> assertThat(lost).hasValue(expected));
            }
            sink.full = false;
            write("kept");

            await("the line").untilAsserted(() -> assertThat(sink.lines).hasSize(2));
            assertThat(sink.lines.get(0)).endsWith("Hubwire.Tracing Warning: 0 : 5 lines lost");
            assertThat(sink.lines.get(1)).endsWith("kept");
            assertThat(log.records()).singleElement().asString().contains("slow", "no space left\\non device");
        }
    }

    @Test
    void close_whileTheDiskHangs_endsTheThread() throws InterruptedException {
        writer.start();
        blockTheDisk();
        fill(TraceWriter.QUEUE_LINES + 1);

        writer.close();

        threads.verify();
    }

    private void blockTheDisk() throws InterruptedException {
        write("first");
        sink.inside.await();
    }

    private void fill(int lines) {
        for (int i = 0; i < lines; i++) {
            write("line " + i);
        }
    }

    private void write(String text) {
        writer.write(new TraceEvent(Instant.now(), "main", "Test", TraceEventType.VERBOSE, text), List.of(output));
    }
}
