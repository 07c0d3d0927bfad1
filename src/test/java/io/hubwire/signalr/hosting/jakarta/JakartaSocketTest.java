package io.hubwire.signalr.hosting.jakarta;

import static io.hubwire.kit.Soon.soon;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.kit.EmbeddedTomcat;
import io.hubwire.kit.LogAudit;
import io.hubwire.signalr.hosting.HostExchange;
import io.hubwire.signalr.hosting.HostMapping;
import io.hubwire.signalr.hosting.HostSocket;
import io.hubwire.signalr.hosting.WireText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSockets on Tomcat, seen from a raw socket. */
class JakartaSocketTest {
    private static final int LIMIT = 65_536;
    private static final HostingOptions OPTIONS = HostingOptions.DEFAULTS
            .with()
            .maxIncomingWebSocketMessageSize(OptionalInt.of(LIMIT))
            .build();
    private static final HostingOptions IMPATIENT =
            OPTIONS.with().writeTimeout(Duration.ofMillis(1500)).build();

    private final LogAudit log = new LogAudit();
    private final BlockingQueue<Recorded> opened = new LinkedBlockingQueue<>();
    private EmbeddedTomcat server;

    /** A socket with what its listener was told. */
    private static final class Recorded implements HostSocket.Listener {
        final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        final AtomicInteger written = new AtomicInteger();
        final List<Integer> closes = new ArrayList<>();
        final HostExchange exchange;
        private final BlockingQueue<Recorded> opened;
        private volatile HostSocket socket;
        private volatile RuntimeException failure;

        Recorded(HostExchange exchange, BlockingQueue<Recorded> opened) {
            this.exchange = exchange;
            this.opened = opened;
        }

        @Override
        public void onOpen(HostSocket now) {
            socket = now;
            opened.add(this);
        }

        @Override
        public void onText(String text) {
            if (failure != null) {
                throw failure;
            }
            texts.add(text);
        }

        @Override
        public void onWritten() {
            written.incrementAndGet();
        }

        @Override
        public void onClosed(int code) {
            synchronized (closes) {
                closes.add(code);
            }
        }

        List<Integer> closes() {
            synchronized (closes) {
                return List.copyOf(closes);
            }
        }

        void awaitClosed(int code) {
            soon().until(() -> !closes().isEmpty());
            assertThat(closes()).containsExactly(code);
            assertThat(socket.isOpen()).isFalse();
        }

        String text() throws InterruptedException {
            return texts.poll(30, TimeUnit.SECONDS);
        }
    }

    @BeforeEach
    void start() {
        start(OPTIONS);
    }

    /** For peers that do not read; whoever reads late on a slow machine is not to be given up. */
    private void restartImpatient() {
        server.close();
        start(IMPATIENT);
    }

    private void start(HostingOptions options) {
        server = EmbeddedTomcat.start("", Set.of(SocketEndpoint.class), context -> {
            HostDeployment host = HostDeployment.of(context, options);
            host.ownsWebSocket();
            host.map(new HostMapping("/signalr", this::upgrade));
        });
    }

    private void upgrade(HostExchange exchange) {
        exchange.header("X-Content-Type-Options", "nosniff");
        if (!exchange.request().isWebSocketUpgrade()) {
            exchange.respond(400, null, "Not a valid web socket request.".getBytes(UTF_8));
        } else if (exchange.request().path().endsWith("/refused")) {
            exchange.respond(403, null, new byte[0]);
        } else {
            exchange.upgrade(new Recorded(exchange, opened));
        }
    }

    private Recorded next() throws InterruptedException {
        Recorded socket = opened.poll(30, TimeUnit.SECONDS);
        assertThat(socket).isNotNull();
        return socket;
    }

    private Wire open() throws Exception {
        return Wire.open(server.port(), "/signalr/connect?a=1");
    }

    @AfterEach
    void stop() {
        soon().until(() -> server.asyncRequests() == 0);
        server.close();
        log.close();
        assertThat(log.records()).isEmpty();
    }

    @Test
    void directHandshake_atTheEndpointsOwnPath_isRefused() throws Exception {
        try (Wire wire = new Wire(server.port())) {
            assertThat(wire.handshake("/hubwire/socket", "Origin: http://localhost")
                            .head())
                    .startsWith("HTTP/1.1 403");
        }
        try (Wire wire = new Wire(server.port())) {
            assertThat(wire.handshake("/hubwire/socket").head()).startsWith("HTTP/1.1 403");
        }
        assertThat(opened).isEmpty();
    }

    @Test
    void handshake_refusedByTheHandler_isA4xxAndNoUpgrade() throws Exception {
        try (Wire wire = new Wire(server.port())) {
            assertThat(wire.handshake("/signalr/refused").answer("GET").status())
                    .isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Upgrade: h2c", "Connection: close", "Sec-WebSocket-Key: short", "Sec-WebSocket-Version: 8"})
    void handshake_thatIsIncomplete_isNoUpgradeRequest(String replaced) throws Exception {
        String name = replaced.substring(0, replaced.indexOf(':'));
        String[] headers = List.of(
                        "Upgrade: websocket",
                        "Connection: keep-alive, Upgrade",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                        "Sec-WebSocket-Version: 13")
                .stream()
                .map(header -> header.startsWith(name + ":") ? replaced : header)
                .toArray(String[]::new);
        try (Wire wire = new Wire(server.port())) {
            Wire.Answer answer =
                    wire.request("GET", "/signalr/connect", headers).answer("GET");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("Sec-WebSocket-Version"))
                    .isEqualTo(name.equals("Sec-WebSocket-Version") ? "13" : null);
        }
    }

    /** Found by fuzzing: Tomcat throws at these, though nobody here wants an extension. */
    @ParameterizedTest
    @ValueSource(strings = {"permessage-deflate; client_ma- \"x_window_bits", "permessage-deflate;\""})
    void handshake_withMalformedExtensions_isRefused(String extensions) throws Exception {
        try (Wire wire = new Wire(server.port())) {
            Wire.Answer answer = wire.handshake("/signalr/connect", "Sec-WebSocket-Extensions: " + extensions)
                    .answer("GET");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).isEqualTo("Not a valid web socket request.");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        }
    }

    @Test
    void handshake_accepted_carriesOurHeadersAndNoExtension() throws Exception {
        try (Wire wire = new Wire(server.port())) {
            String head = wire.handshake(
                            "/SIGNALR//connect",
                            "Sec-WebSocket-Extensions: permessage-deflate",
                            "Sec-WebSocket-Protocol: chat")
                    .head();
            assertThat(head).startsWith("HTTP/1.1 101").contains("X-Content-Type-Options: nosniff");
            assertThat(head).doesNotContain("permessage-deflate", "Sec-WebSocket-Protocol");
            Recorded recorded = next();
            wire.closeFrame(1000);
            recorded.awaitClosed(1000);
            assertThat(recorded.exchange.request().path())
                    .as("the request lives as long as the socket and longer")
                    .isEqualTo("/SIGNALR//connect");
        }
    }

    @Test
    void messages_goBothWays() throws Exception {
        try (Wire wire = open()) {
            Recorded recorded = next();
            for (int i = 0; i < 100; i++) {
                wire.text("in é€😀 " + i);
                assertThat(recorded.text()).isEqualTo("in é€😀 " + i);
                recorded.socket.send(WireText.of("out é€😀 " + i));
                assertThat(wire.frame()).isEqualTo(new Wire.Frame(1, "out é€😀 " + i, -1));
                int written = i + 1;
                soon().until(() -> recorded.written.get() == written);
            }
            assertThat(recorded.socket.isOpen()).isTrue();
            recorded.socket.close(1000, "");
            assertThat(wire.frame()).isEqualTo(new Wire.Frame(8, "", 1000));
            wire.closeFrame(1000);
            assertThat(wire.isEnded()).isTrue();
            recorded.awaitClosed(1000);
        }
    }

    @Test
    void emptyMessage_isAMessage() throws Exception {
        try (Wire wire = open()) {
            Recorded recorded = next();
            wire.text("").text("x");
            assertThat(recorded.text()).isEmpty();
            assertThat(recorded.text()).isEqualTo("x");
        }
    }

    @Test
    void fragments_areJoined() throws Exception {
        byte[] message = "début 😀 fin".getBytes(UTF_8);
        try (Wire wire = open()) {
            Recorded recorded = next();
            wire.frame(1, false, new byte[0]);
            for (int i = 0; i < message.length; i++) {
                wire.frame(0, false, Arrays.copyOfRange(message, i, i + 1));
            }
            wire.frame(9, true, new byte[0]).frame(0, true, new byte[0]);
            assertThat(recorded.text()).isEqualTo("début 😀 fin");
            assertThat(wire.frame().opcode()).as("the ping between is answered").isEqualTo(10);
        }
    }

    @ParameterizedTest
    @CsvSource({"x, 1", "é, 2", "€, 3", "😀, 4"})
    void message_ofTheLimit_isTakenAndOneByteMoreClosesWith1009(String character, int bytes) throws Exception {
        String whole = character.repeat(LIMIT / bytes) + "x".repeat(LIMIT % bytes);
        try (Wire wire = open()) {
            Recorded recorded = next();
            wire.text(whole);
            assertThat(recorded.text()).isEqualTo(whole);
            wire.text(whole + "x");
            assertThat(wire.frame()).isEqualTo(new Wire.Frame(8, "A message may have at most 65536 bytes.", 1009));
            recorded.awaitClosed(1009);
            assertThat(recorded.texts).isEmpty();
        }
    }

    @Test
    void message_thatNeverEnds_closesWith1009AtTheLimit() throws Exception {
        try (Wire wire = open()) {
            Recorded recorded = next();
            wire.frame(1, false, new byte[LIMIT]);
            wire.frame(0, false, new byte[1]);
            assertThat(wire.frame().code()).isEqualTo(1009);
            recorded.awaitClosed(1009);
        }
    }

    @Test
    void binaryMessage_closesWith1003() throws Exception {
        try (Wire wire = open()) {
            Recorded recorded = next();
            wire.frame(2, true, "{}".getBytes(UTF_8));
            assertThat(wire.frame().code()).isEqualTo(1003);
            recorded.awaitClosed(1003);
            assertThat(recorded.texts).isEmpty();
        }
    }

    @Test
    void invalidUtf8_closesWith1007() throws Exception {
        try (Wire wire = open()) {
            Recorded recorded = next();
            wire.frame(1, true, new byte[] {'a', (byte) 0xff});
            assertThat(wire.frame().code()).isEqualTo(1007);
            recorded.awaitClosed(1007);
        }
    }

    @Test
    void brokenFraming_closesWith1002() throws Exception {
        try (Wire wire = open()) {
            Recorded recorded = next();
            wire.frame(3, true, new byte[0]);
            assertThat(wire.frame().code()).isEqualTo(1002);
            recorded.awaitClosed(1002);
        }
    }

    @ParameterizedTest
    @CsvSource({"1000, 1000", "1001, 1001", "3000, 3000", "4999, 4999"})
    void closeByThePeer_isAnsweredAndTold(int sent, int told) throws Exception {
        try (Wire wire = open()) {
            Recorded recorded = next();
            wire.closeFrame(sent);
            assertThat(wire.frame().code()).isEqualTo(sent);
            recorded.awaitClosed(told);
        }
    }

    @Test
    void closeByThePeer_withoutACode_isNormal() throws Exception {
        try (Wire wire = open()) {
            Recorded recorded = next();
            wire.frame(8, true, new byte[0]);
            assertThat(wire.frame().opcode()).isEqualTo(8);
            recorded.awaitClosed(1000);
        }
    }

    @Test
    void peerThatVanishes_isToldOnce() throws Exception {
        try (Wire wire = open()) {
            Recorded recorded = next();
            wire.reset();
            recorded.awaitClosed(1006);
            recorded.socket.send(WireText.of("late"));
            recorded.socket.close(1000, "");
            recorded.awaitClosed(1006);
        }
    }

    @Test
    void peerThatHangsUp_isToldOnce() throws Exception {
        Recorded recorded;
        try (Wire wire = open()) {
            recorded = next();
            assertThat(wire.socket.isConnected()).isTrue();
        }
        recorded.awaitClosed(1006);
    }

    @Test
    void peerThatVanishes_beforeTheHandshakeIsAnswered_isToldInBoundedTime() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        BlockingQueue<Recorded> upgraded = new LinkedBlockingQueue<>();
        server.close();
        server = EmbeddedTomcat.start("", Set.of(), context -> HostDeployment.of(context, IMPATIENT)
                .map(new HostMapping("/signalr", exchange -> {
                    Recorded listener = new Recorded(exchange, opened);
                    upgraded.add(listener);
                    soon().until(() -> gone.getCount() == 0);
                    exchange.upgrade(listener);
                })));
        Recorded listener;
        try (Wire wire = new Wire(server.port())) {
            wire.handshake("/signalr");
            listener = upgraded.poll(30, TimeUnit.SECONDS);
            wire.reset();
            gone.countDown();
        }

        soon().until(() -> listener.closes().equals(List.of(1006)));
        log.clear(); // of a peer that leaves in this moment Tomcat may complain
    }

    @Test
    void secondSend_whileOneIsInFlight_isRefused() throws Exception {
        WireText large = WireText.of("x".repeat(400_000));
        try (Wire wire = Wire.open(server.port(), "/signalr", 4096)) {
            Recorded recorded = next();
            recorded.socket.send(large);
            assertThatThrownBy(() -> recorded.socket.send(large))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in flight");
            assertThat(recorded.written).hasValue(0);
            int length = 0;
            while (length < 400_000) {
                length += wire.frame().text().length();
            }
            soon().until(() -> recorded.written.get() == 1);
        }
    }

    @Test
    void close_whileASendIsInFlight_comesAfterIt() throws Exception {
        try (Wire wire = Wire.open(server.port(), "/signalr", 4096)) {
            Recorded recorded = next();
            recorded.socket.send(WireText.of("x".repeat(400_000)));
            recorded.socket.close(4001, "enough");
            recorded.socket.close(1000, "again");
            int length = 0;
            Wire.Frame frame = wire.frame();
            for (; frame.opcode() != 8; frame = wire.frame()) {
                length += frame.text().length();
            }
            assertThat(length).isEqualTo(400_000);
            assertThat(frame).isEqualTo(new Wire.Frame(8, "enough", 4001));
            recorded.awaitClosed(4001);
            assertThat(recorded.written).hasValue(1);
        }
    }

    @Test
    void peerThatNeverReads_isTakenForGone() throws Exception {
        restartImpatient();
        try (Wire wire = Wire.open(server.port(), "/signalr", 4096)) {
            Recorded recorded = next();
            recorded.socket.send(WireText.of("x".repeat(400_000)));
            recorded.awaitClosed(1006);
            assertThat(recorded.written).hasValue(0);
            assertThat(wire.socket.isConnected()).isTrue();
        }
    }

    @Test
    void peerThatNeverReads_isTakenForGone_evenWhenItPings() throws Exception {
        restartImpatient();
        try (Wire wire = Wire.open(server.port(), "/signalr", 4096)) {
            Recorded recorded = next();
            recorded.socket.send(WireText.of("x".repeat(400_000)));
            wire.frame(9, true, new byte[0]);
            recorded.awaitClosed(1006);
        }
    }

    @Test
    void listenerThatBlocks_holdsBackTheReadingFromThisPeerOnly() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        server.close();
        BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        server = EmbeddedTomcat.start("", Set.of(), context -> HostDeployment.of(context, OPTIONS)
                .map(new HostMapping(
                        "/signalr",
                        exchange -> exchange.upgrade(new HostSocket.Listener() {
                            @Override
                            public void onOpen(HostSocket socket) {
                                texts.add("open");
                            }

                            @Override
                            public void onText(String text) {
                                texts.add(text);
                                if (text.equals("block")) {
                                    soon().until(() -> release.getCount() == 0);
                                }
                            }

                            @Override
                            public void onWritten() {
                                throw new AssertionError();
                            }

                            @Override
                            public void onClosed(int code) {
                                texts.add("closed " + code);
                            }
                        }))));
        try (Wire blocked = open();
                Wire free = open()) {
            blocked.text("block").text("after");
            free.text("free");
            soon().until(() -> texts.containsAll(List.of("block", "free")));
            assertThat(texts).doesNotContain("after");
            release.countDown();
            soon().until(() -> texts.contains("after"));
        }
        soon().until(() -> texts.stream().filter("closed 1006"::equals).count() == 2);
    }

    @Test
    void listenerThatThrows_closesWith1011AndIsLogged() throws Exception {
        try (Wire wire = open()) {
            Recorded recorded = next();
            recorded.failure = new IllegalStateException("secret");
            wire.text("x");
            assertThat(wire.frame()).isEqualTo(new Wire.Frame(8, "", 1011));
            recorded.awaitClosed(1011);
        }
        soon().untilAsserted(() ->
                assertThat(log.records()).hasSize(1).first().asString().contains("secret"));
        log.clear();
    }

    @Test
    void thousandSockets_areServedAtOnceAndEndWithTheApplication() throws Exception {
        List<Wire> wires = new ArrayList<>();
        List<Recorded> sockets = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            wires.add(open());
            sockets.add(next());
        }
        WireText shared = WireText.of("{}");
        sockets.forEach(recorded -> recorded.socket.send(shared));
        for (Wire wire : wires) {
            assertThat(wire.frame().text()).isEqualTo("{}");
        }
        soon().until(() -> sockets.stream().allMatch(recorded -> recorded.written.get() == 1));
        server.stopApplication();
        for (Wire wire : wires) {
            assertThat(wire.frame().code()).isEqualTo(1001);
            wire.close();
        }
        sockets.forEach(recorded -> recorded.awaitClosed(1001));
    }
}
