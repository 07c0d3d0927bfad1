package io.hubwire.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.captures.ServerProfile;
import io.hubwire.captures.fixture.FixtureOptions;
import io.hubwire.captures.fixture.FixtureServer;
import io.hubwire.kit.LeakAudit;
import io.hubwire.kit.LogAudit;
import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.RawHttpClient;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.signalr.metrics.Gauge;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The server that is fuzzed, and the audits of what fuzzing must not do to it. */
final class Target implements AutoCloseable {
    /** For what must happen, on a slow machine too. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration UNTIL_CLIENTS_ARE_GONE = Duration.ofSeconds(60);
    private static final int TOKENS = 40;

    /** A stack trace, or the name of a class: of ours, the JDK's, the container's. */
    private static final Pattern INTERNALS = Pattern.compile(
            "\\.java:\\d+|\\bat [\\w.$]+\\(|\\b(java|javax|jakarta|io\\.hubwire|org\\.(apache|eclipse|glassfish))(\\.\\w+)+"
                    + "|\\b[A-Z]\\w*(Exception|Error)\\b|Apache Tomcat");

    /**
     * Tomcat answers pings by itself. Does another thread close the session just then, that fails, and Tomcat says so; nothing of ours is asked.
     */
    private static final String PING_MET_A_CLOSE =
            "Message will not be sent because the WebSocket session has been closed";

    private final LeakAudit threads = LeakAudit.ofThreads("captures-", "http-nio");
    private final LogAudit log = new LogAudit();
    private final FixtureServer server = FixtureServer.start(FixtureOptions.of(ServerProfile.SHORT));
    private final List<String> tokens =
            Stream.generate(this::negotiatedToken).limit(TOKENS).toList();

    RawHttpClient http() {
        return new RawHttpClient(server.host(), server.port());
    }

    /** Tokens that the server has issued, for anonymous users. */
    List<String> tokens() {
        return tokens;
    }

    String negotiatedToken() {
        return SignalRTestClient.create(options(TestTransport.LONG_POLLING))
                .negotiate()
                .connectionToken();
    }

    private ClientOptions options(TestTransport transport) {
        return ClientOptions.to(server.host(), server.port())
                .withPath("/plain")
                .withTransport(transport)
                .withHubs("echohub")
                .withPatience(PATIENCE);
    }

    /** Fails when a text for strangers tells of the inside, or the server has complained about something that a peer did. */
    void requireDiscreet(String text) {
        assertThat(text).doesNotContainPattern(INTERNALS);
        requireSilence();
    }

    private void requireSilence() {
        assertThat(log.records()).allMatch(line -> line.contains(PING_MET_A_CLOSE));
    }

    /** Clients of all transports are served as ever; then all that was opened goes, without a trace. */
    @Override
    public void close() {
        try {
            Stream.of(TestTransport.values()).forEach(this::requireService);
            requireNothingLeft();
        } finally {
            server.close();
            log.close();
        }
        threads.verify();
        requireSilence();
    }

    private void requireService(TestTransport transport) {
        try (SignalRTestClient client = SignalRTestClient.start(options(transport))) {
            assertThat(client.invoke("echohub", "Echo", "still here").result()).contains("\"still here\"");
            client.abort();
        }
    }

    private void requireNothingLeft() {
        await("connections, subscriptions and requests that fuzzing has left behind")
                .atMost(UNTIL_CLIENTS_ARE_GONE)
                .untilAsserted(() -> {
                    assertThat(server.metrics().value(Gauge.CONNECTIONS_CURRENT))
                            .isZero();
                    assertThat(server.metrics().value(Gauge.MESSAGE_BUS_SUBSCRIBERS_CURRENT))
                            .isZero();
                    assertThat(server.asyncRequests()).isZero();
                });
    }
}
