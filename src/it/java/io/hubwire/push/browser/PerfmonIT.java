package io.hubwire.push.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.push.boot.embedded.ServerStartException;
import io.hubwire.push.kit.RunningServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that draws the load of the machine. */
@Tag("browser")
class PerfmonIT {
    /** How long a client waits for a transport before it falls back: on a machine that is slow enough, it would not be the best one. */
    private static final String NO_FALLBACK = "signalr.transports.transportConnectTimeout";

    @TempDir
    Path directory;

    private RunningServer server;
    private Person alice;

    @BeforeEach
    void start() throws ServerStartException, IOException {
        server = RunningServer.start(directory.resolve("data"), Map.of(NO_FALLBACK, "00:01:00"));
        alice = Person.at(server.uri(), "alice", Files.createDirectories(directory.resolve("downloads")));
    }

    @AfterEach
    void stop() {
        alice.close();
        server.close();
    }

    @Test
    void page_reachedFromTheInbox_showsTheLoadInTextAndKeepsDrawing() throws IOException {
        alice.signIn().open("auto");

        alice.followLink("CPU");

        alice.awaitLive();
        assertThat(alice.transport()).isEqualTo("webSockets");
        alice.awaitText("load-number", "\\d+\\.\\d %");
        alice.awaitText("load-summary", "Average \\d+\\.\\d %, highest \\d+\\.\\d % in the time shown");
        alice.awaitRows("load-rows", 3);
        assertThat(alice.widthOnAPhone(320)).isEqualTo(320);
        Path kept = Files.createDirectories(Path.of("target", "screenshots"));
        Files.write(kept.resolve("perfmon-phone.png"), alice.screenshot());
    }

    @Test
    void strangers_areNotToldTheLoad() throws Exception {
        URI negotiate = server.uri().resolve("perfmon/negotiate?clientProtocol=2.1");

        int status = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(negotiate).build(), BodyHandlers.discarding())
                .statusCode();

        assertThat(status).isEqualTo(401);
    }
}
