package io.hubwire.push.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.push.kit.ApiClient;
import io.hubwire.push.kit.ApiClient.Answer;
import io.hubwire.push.kit.RunningServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperationsApiTest {
    private static final String SCRAPER = "only-prometheus-knows-this";

    @TempDir
    Path data;

    private RunningServer server;

    @BeforeEach
    void start() throws Exception {
        server = RunningServer.start(data, Map.of("hubwire.password.cost", "4", "hubwire.metrics.token", SCRAPER));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void metrics_forScraperAndOperator_areEveryCounter() throws Exception {
        Answer scraped = new ApiClient(server.uri(), SCRAPER).get("/metrics");

        assertThat(scraped.status()).isEqualTo(200);
        assertThat(scraped.header("content-type")).contains("version=0.0.4");
        assertThat(scraped.body())
                .contains("hubwire_connections_current{server=\"hubwire\",transport=\"webSockets\"} 0.0")
                .contains("hubwire_message_bus_messages_published_total{server=\"hubwire\"}")
                .contains("hubwire_hub_calls_seconds_count{hub=")
                .contains("hubwire_draining{server=\"hubwire\"} 0.0");
        assertThat(server.signedIn("operator").get("/metrics").status()).isEqualTo(200);
    }

    @Test
    void metrics_forOthers_areRefused() throws Exception {
        Answer nobody = server.nobody().get("/metrics");

        assertThat(nobody.status()).isEqualTo(401);
        assertThat(nobody.header("www-authenticate")).startsWith("Bearer");
        assertThat(nobody.body()).doesNotContain("hubwire_");
        assertThat(new ApiClient(server.uri(), SCRAPER + "x").get("/metrics").status())
                .isEqualTo(401);
        assertThat(server.signedIn("alice").get("/metrics").status()).isEqualTo(403);
    }

    @Test
    void health_ofARunningServer_isUp() throws Exception {
        for (String path : new String[] {"/health", "/health/live", "/health/ready"}) {
            Answer answer = server.nobody().get(path);
            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(answer.body()).as(path).isEqualTo("{\"status\":\"up\"}");
        }
        assertThat(server.nobody().get("/health/else").status()).isEqualTo(404);
    }

    @Test
    void drain_byAnOperator_makesTheServerNotReadyButAlive() throws Exception {
        assertThat(server.nobody().post("/api/operations/drain").status()).isEqualTo(401);
        assertThat(server.signedIn("alice").post("/api/operations/drain").status())
                .isEqualTo(403);
        assertThat(server.nobody().get("/health/ready").status()).isEqualTo(200);

        Answer drained = server.signedIn("operator").post("/api/operations/drain");

        assertThat(drained.status()).isEqualTo(202);
        assertThat(drained.json().getBoolean("draining")).isTrue();
        assertThat(server.nobody().get("/health/ready").status()).isEqualTo(503);
        assertThat(server.nobody().get("/health").status()).isEqualTo(503);
        assertThat(server.nobody().get("/health/live").status()).isEqualTo(200);
        assertThat(server.nobody().get("/signalr/negotiate").status()).isEqualTo(503);
    }
}
