package io.hubwire.signalr.hosting.jakarta;

import static io.hubwire.kit.Soon.soon;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.kit.EmbeddedTomcat;
import io.hubwire.kit.LogAudit;
import io.hubwire.signalr.hosting.HostExchange;
import io.hubwire.signalr.hosting.HostMapping;
import io.hubwire.signalr.hosting.HostStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streamed answers on Tomcat, seen from a raw socket. */
class JakartaStreamTest {
    private static final HostingOptions OPTIONS =
            HostingOptions.DEFAULTS.with().maxBodyBytes(1000).build();
    private static final HostingOptions IMPATIENT =
            OPTIONS.with().writeTimeout(Duration.ofMillis(1500)).build();
    private static final byte[] EVENT = "data: {}\n\n".getBytes(UTF_8);

    private final LogAudit log = new LogAudit();
    private final BlockingQueue<Recorded> opened = new LinkedBlockingQueue<>();
    private EmbeddedTomcat server;

    /** A stream with what its listener was told. */
    private static final class Recorded implements HostStream.Listener {
        final AtomicInteger written = new AtomicInteger();
        final List<Throwable> failures = new ArrayList<>();
        private volatile HostStream stream;

        @Override
        public void onWritten() {
            written.incrementAndGet();
        }

        @Override
        public void onFailed(Throwable cause) {
            synchronized (failures) {
                failures.add(cause);
            }
        }

        int failures() {
            synchronized (failures) {
                return failures.size();
            }
        }

        void awaitWritten(int count) {
            soon().untilAsserted(() ->
                    assertThat(written).as("writes; failed: " + failures).hasValue(count));
        }
    }

    private HostDeployment host;

    @BeforeEach
    void start() {
        start(OPTIONS);
    }

    private void start(HostingOptions options) {
        server = EmbeddedTomcat.start("", Set.of(SocketEndpoint.class), context -> {
            host = HostDeployment.of(context, options);
            host.map(new HostMapping("/stream", this::open));
        });
    }

    /** For peers that do not read; whoever reads late on a slow machine is not to be given up. */
    private void restartImpatient() {
        server.close();
        start(IMPATIENT);
    }

    private void open(HostExchange exchange) {
        Recorded recorded = new Recorded();
        exchange.header("X-Content-Type-Options", "nosniff");
        recorded.stream = exchange.stream("text/event-stream", recorded);
        opened.add(recorded);
    }

    private Recorded next() throws InterruptedException {
        Recorded stream = opened.poll(30, TimeUnit.SECONDS);
        assertThat(stream).isNotNull();
        return stream;
    }

    @AfterEach
    void stop() {
        try {
            // Our own count: Tomcat forgets to lower its when a peer resets the connection while an answer is being
            // completed.
            soon().until(() -> host.openAnswers() == 0);
        } finally {
            server.close();
        }
        log.close();
        assertThat(log.records()).isEmpty();
    }

    @Test
    void headers_areSentBeforeAnythingIsWritten() throws Exception {
        try (Wire wire = new Wire(server.port())) {
            String head = wire.request("GET", "/stream").head();
            assertThat(head)
                    .contains("HTTP/1.1 200", "text/event-stream", "X-Content-Type-Options: nosniff", "chunked");
            Recorded recorded = next();
            recorded.awaitWritten(1);
            recorded.stream.end();
            assertThat(wire.chunk()).isEmpty();
        }
    }

    @Test
    void write_isFlushedAndToldOnce() throws Exception {
        try (Wire wire = new Wire(server.port())) {
            wire.request("POST", "/stream", "Content-Length: 0").head();
            Recorded recorded = next();
            recorded.awaitWritten(1);
            for (int i = 0; i < 100; i++) {
                recorded.stream.write(EVENT);
                assertThat(wire.chunk()).isEqualTo("data: {}\n\n");
                recorded.awaitWritten(i + 2);
            }
            recorded.stream.end();
            recorded.stream.end();
            assertThat(wire.chunk()).isEmpty();
            assertThat(recorded.written).hasValue(101);
            assertThat(recorded.failures()).isZero();
        }
    }

    @Test
    void connection_afterAStream_takesTheNextRequest() throws Exception {
        try (Wire wire = new Wire(server.port())) {
            for (int i = 0; i < 50; i++) {
                wire.request("GET", "/stream").head();
                Recorded recorded = next();
                recorded.awaitWritten(1);
                recorded.stream.write(" ".getBytes(UTF_8));
                assertThat(wire.chunk()).isEqualTo(" ");
                recorded.awaitWritten(2);
                recorded.stream.write("{}".getBytes(UTF_8));
                recorded.stream.end();
                assertThat(wire.chunk()).isEqualTo("{}");
                assertThat(wire.chunk()).isEmpty();
                assertThat(recorded.failures()).isZero();
            }
        }
    }

    @Test
    void writeLast_goesOutWithTheEnd_andFreesTheConnection() throws Exception {
        try (Wire wire = new Wire(server.port())) {
            for (int length : new int[] {1, 100, 20_000, 3}) { // one of them is more than the response's buffer takes
                wire.request("GET", "/stream").head();
                Recorded recorded = next();
                recorded.awaitWritten(1);
                recorded.stream.writeLast("x".repeat(length).getBytes(UTF_8));
                recorded.awaitWritten(2);
                recorded.stream.end();
                StringBuilder body = new StringBuilder();
                for (String chunk = wire.chunk(); !chunk.isEmpty(); chunk = wire.chunk()) {
                    body.append(chunk);
                }
                assertThat(body).hasSize(length);
                assertThat(recorded.failures()).isZero();
            }
        }
    }

    @Test
    void end_beforeTheHeadersWentOut_endsTheAnswerAfterThem() throws Exception {
        server.stopApplication();
        server.close();
        server = EmbeddedTomcat.start("", Set.of(), context -> HostDeployment.of(context, OPTIONS)
                .map(new HostMapping("/stream", exchange -> exchange.stream("text/plain", new Recorded())
                        .end())));
        Wire.Answer answer = Wire.call(server.port(), "GET", "/stream");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void secondWrite_whileOneIsInFlight_isRefused() throws Exception {
        try (Wire wire = new Wire(server.port(), 4096)) {
            wire.request("GET", "/stream").head();
            Recorded recorded = next();
            recorded.awaitWritten(1);
            recorded.stream.write(new byte[400_000]);
            assertThatThrownBy(() -> recorded.stream.write(EVENT))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in flight");
            recorded.stream.end();
            assertThatThrownBy(() -> recorded.stream.write(EVENT)).hasMessageContaining("ended");
            int length = 0;
            for (String chunk = wire.chunk(); !chunk.isEmpty(); chunk = wire.chunk()) {
                length += chunk.length();
            }
            assertThat(length).isEqualTo(400_000);
            recorded.awaitWritten(2);
            assertThat(recorded.failures()).isZero();
        }
    }

    @Test
    void slowReader_holdsNoThread() throws Exception {
        List<Wire> slow = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            Wire wire = new Wire(server.port(), 4096);
            wire.request("GET", "/stream").head();
            slow.add(wire);
            Recorded recorded = next();
            recorded.awaitWritten(1);
            recorded.stream.write(new byte[400_000]);
        }
        assertThat(Wire.call(server.port(), "GET", "/other").body())
                .as("more slow readers than Tomcat has threads, and yet")
                .isEqualTo("passed /other");
        for (Wire wire : slow) {
            wire.reset();
        }
    }

    @Test
    void peerThatNeverReads_isTakenForGone() throws Exception {
        restartImpatient();
        try (Wire wire = new Wire(server.port(), 4096)) {
            wire.request("GET", "/stream").head();
            Recorded recorded = next();
            recorded.awaitWritten(1);
            recorded.stream.write(new byte[400_000]);
            soon().until(() -> recorded.failures() == 1);
            recorded.stream.write(EVENT);
            recorded.stream.end();
            soon().until(() -> server.asyncRequests() == 0);
            assertThat(recorded.failures()).isEqualTo(1);
            assertThat(recorded.written).hasValue(1);
        }
    }

    @Test
    void peerThatIsGivenUpAndThenVanishes_leavesNothing() throws Exception {
        restartImpatient();
        List<Wire> wires = new ArrayList<>();
        List<Recorded> streams = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Wire wire = new Wire(server.port(), 4096);
            wire.request("GET", "/stream").head();
            Recorded recorded = next();
            recorded.awaitWritten(1);
            recorded.stream.write(new byte[400_000]);
            wires.add(wire);
            streams.add(recorded);
        }
        soon().until(() -> streams.stream().allMatch(recorded -> recorded.failures() == 1));
        for (Wire wire : wires) {
            wire.reset();
        }
        soon().until(() -> server.asyncRequests() == 0);
        assertThat(streams).allMatch(recorded -> recorded.failures() == 1);
    }

    @Test
    void peerThatVanishes_isNoticedByTheNextWrites() throws Exception {
        for (int i = 0; i < 50; i++) {
            Wire wire = new Wire(server.port());
            wire.request("GET", "/stream").head();
            Recorded recorded = next();
            recorded.awaitWritten(1);
            wire.reset();
            soon().until(() -> {
                int before = recorded.written.get();
                if (recorded.failures() == 0) {
                    // Tomcat may take a failure for that of its next request while its own thread is still leaving this
                    // one, and nothing of ours can tell.
                    server.awaitIdle();
                    recorded.stream.write(EVENT);
                    soon().until(() -> recorded.failures() > 0 || recorded.written.get() > before);
                }
                return recorded.failures() == 1;
            });
            recorded.stream.end();
        }
        soon().until(() -> host.openAnswers() == 0);
    }

    @Test
    void thousandStreams_areServedAtOnce() throws Exception {
        List<Wire> wires = new ArrayList<>();
        List<Recorded> streams = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            Wire wire = new Wire(server.port());
            wire.request("GET", "/stream").head();
            wires.add(wire);
            streams.add(next());
        }
        for (Recorded recorded : streams) {
            recorded.awaitWritten(1);
            recorded.stream.write(EVENT);
        }
        for (Wire wire : wires) {
            assertThat(wire.chunk()).isEqualTo("data: {}\n\n");
        }
        for (Recorded recorded : streams) {
            recorded.awaitWritten(2);
            recorded.stream.end();
        }
        for (Wire wire : wires) {
            assertThat(wire.chunk()).isEmpty();
            wire.close();
        }
        assertThat(streams).allMatch(recorded -> recorded.failures() == 0);
    }
}
