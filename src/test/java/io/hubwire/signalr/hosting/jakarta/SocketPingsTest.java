package io.hubwire.signalr.hosting.jakarta;

import static io.hubwire.kit.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.EmbeddedTomcat;
import io.hubwire.kit.LogAudit;
import io.hubwire.signalr.config.WebConfig;
import io.hubwire.signalr.config.setting.ConfigSources;
import io.hubwire.signalr.config.setting.EffectiveSettings;
import io.hubwire.signalr.hosting.HostMapping;
import io.hubwire.signalr.hosting.HostSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code pingInterval}, seen from a raw socket. */
class SocketPingsTest {
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int TEXT = 1;

    private final LogAudit log = new LogAudit();
    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final List<Integer> closes = new CopyOnWriteArrayList<>();
    private final EmbeddedTomcat server = EmbeddedTomcat.start("", Set.of(SocketEndpoint.class), context -> {
        HostDeployment host = HostDeployment.of(context, HostingOptions.DEFAULTS.over(pinging()));
        host.map(new HostMapping("/signalr", exchange -> exchange.upgrade(new Listener())));
    });

    private static EffectiveSettings pinging() {
        Map<String, String> properties = Map.of("hubwire.webSocket.pingInterval", "1s");
        return WebConfig.read(
                        new ConfigSources(Optional.empty(), Map.of(), Map.of(), properties, Map.of()),
                        SocketPingsTest.class.getClassLoader())
                .settings();
    }

    private final class Listener implements HostSocket.Listener {

        @Override
        public void onOpen(HostSocket socket) {
            // Nothing is sent.
        }

        @Override
        public void onText(String text) {
            texts.add(text);
        }

        @Override
        public void onWritten() {
            // Nothing was sent.
        }

        @Override
        public void onClosed(int code) {
            closes.add(code);
        }
    }

    @AfterEach
    void stop() {
        soon().until(() -> server.asyncRequests() == 0);
        server.close();
        log.close();
        assertThat(log.records()).isEmpty();
    }

    @Test
    void peerThatDoesNotAnswer_isEndedAfterTwoPings() throws Exception {
        try (Wire wire = Wire.open(server.port(), "/signalr/connect")) {
            assertThat(wire.frame().opcode()).isEqualTo(PING);
            assertThat(wire.frame().opcode()).isEqualTo(PING);
            soon().until(() -> closes.equals(List.of(1006)));
        }
    }

    @Test
    void peerThatAnswers_staysOpen() throws Exception {
        try (Wire wire = Wire.open(server.port(), "/signalr/connect")) {
            for (int i = 0; i < 4; i++) {
                assertThat(wire.frame().opcode()).isEqualTo(PING);
                wire.frame(PONG, true, new byte[0]);
            }
            wire.frame(TEXT, true, "still here".getBytes(StandardCharsets.UTF_8));
            assertThat(texts.poll(30, TimeUnit.SECONDS)).isEqualTo("still here");
            assertThat(closes).isEmpty();
            wire.closeFrame(1000);
            soon().until(() -> closes.equals(List.of(1000)));
        }
    }
}
