package io.hubwire.push.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.push.domain.PushLimit;
import io.hubwire.push.kit.ApiClient;
import io.hubwire.push.kit.MultipartForm;
import io.hubwire.push.kit.RunningServer;
import io.hubwire.push.security.SignInLimiter;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the application refuses because a limit was reached is counted for the operator, under that limit. */
class RefusalCountsTest {
    private static final String SCRAPER = "only-prometheus-knows-this";
    private static final int MAX_BYTES = 100_000;

    @TempDir
    Path data;

    private RunningServer server;

    @BeforeEach
    void start() throws Exception {
        server = RunningServer.start(
                data,
                Map.of(
                        "hubwire.password.cost", "4",
                        "hubwire.metrics.token", SCRAPER,
                        "hubwire.upload.maxBytes", String.valueOf(MAX_BYTES),
                        "hubwire.upload.maxFilesPerUser", "2",
                        "hubwire.upload.concurrentPerUser", "1",
                        "hubwire.upload.maxPerUserPerHour", "4"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void refusal_ofEachLimit_isCountedUnderIt() throws Exception {
        for (PushLimit limit : PushLimit.values()) {
            assertCounted(limit, 0);
            provoke(limit);
            assertCounted(limit, 1);
        }
    }

    private void provoke(PushLimit limit) throws Exception {
        switch (limit) {
            case SIGN_IN_ATTEMPTS -> guessTooOften();
            case UPLOAD_SIZE -> assertThat(upload("carol", MAX_BYTES + 1)).isEqualTo(413);
            case UPLOAD_QUOTA -> uploadOneFileTooMany("alice");
            case UPLOADS_PER_HOUR -> { // four of alice's are counted, the refused ones included
                assertThat(upload("alice", MAX_BYTES + 1)).isEqualTo(413);
                assertThat(upload("alice", 1)).isEqualTo(429);
            }
            case UPLOADS_AT_ONCE -> uploadBesideAnother("bob");
            case API_BODY_SIZE ->
                assertThat(server.nobody()
                                .token("alice", "x".repeat(BodyReading.MAX_BYTES))
                                .status())
                        .isEqualTo(413);
        }
    }

    private void guessTooOften() throws Exception {
        for (int i = 0; i < SignInLimiter.MAX_PER_NAME; i++) {
            assertThat(server.nobody().token("mallory", "guess").status()).isEqualTo(401);
        }
        assertThat(server.nobody().token("mallory", "guess").status()).isEqualTo(429);
    }

    private void uploadOneFileTooMany(String name) throws Exception {
        assertThat(upload(name, 1)).isEqualTo(201);
        assertThat(upload(name, 1)).isEqualTo(201);
        assertThat(upload(name, 1)).isEqualTo(413);
    }

    private void uploadBesideAnother(String name) throws Exception {
        ApiClient owner = server.signedIn(name);
        MultipartForm form = MultipartForm.of("other", "slow.bin", "x".repeat(MAX_BYTES / 2));
        long before = storedFiles();
        try (Socket slow = new Socket(server.uri().getHost(), server.uri().getPort())) {
            String head = "POST /api/files HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + owner.token()
                    + "\r\nContent-Type: " + form.contentType() + "\r\nContent-Length: " + MAX_BYTES + "\r\n\r\n";
            slow.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            slow.getOutputStream().write(form.unfinished());
            await("the upload is under way")
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(storedFiles()).isGreaterThan(before));

            assertThat(upload(name, 1)).isEqualTo(429);
        }
    }

    private int upload(String name, int bytes) throws Exception {
        return server.signedIn(name)
                .upload(MultipartForm.of("other", "a.txt", "x".repeat(bytes)))
                .status();
    }

    private long storedFiles() throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("files"))) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    private void assertCounted(PushLimit limit, int times) throws Exception {
        assertThat(new ApiClient(server.uri(), SCRAPER).get("/metrics").body())
                .contains("hubwire_limits_refused_total{limit=\"" + limit.name().toLowerCase(Locale.ROOT)
                        + "\",server=\"hubwire\"} " + times + ".0");
    }
}
