package io.hubwire.push.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.kit.CuttableLink;
import io.hubwire.push.boot.embedded.EmbeddedTomcat;
import io.hubwire.push.boot.embedded.ServerOptions;
import io.hubwire.push.boot.embedded.ServerStartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The story, and what can come in between. */
@Tag("browser")
class FollowAndUploadIT extends UploadStory {
    /** As many as the inbox shows at once. */
    private static final int MOST_UPLOADS = 20;

    private EmbeddedTomcat server;
    private CuttableLink link; // between Bob and the server

    @Override
    URI open() throws ServerStartException {
        server = EmbeddedTomcat.start(ServerOptions.onFreePort(directory.resolve("data")));
        return server.uri();
    }

    @Override
    URI openForBob() throws IOException {
        link = CuttableLink.to(server.uri().getPort());
        return URI.create("http://localhost:" + link.port() + "/");
    }

    @AfterEach
    void stop() {
        link.close();
        server.close();
    }

    @Test
    void upload_whileAway_waitsInTheInbox() throws IOException {
        bob().signIn().open("auto");
        bob().follow("alice");
        bob().leave();
        alice().signIn().open("auto");

        alice().upload(file("while you were away.txt", "news"), "other");
        bob().open("auto");

        assertThat(bob().awaitItem("while you were away.txt")).hasSize(1);
        bob().awaitUnread(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"webSockets", "longPolling"})
    void upload_duringThePageLoad_isShownOnce(String transport) throws IOException {
        alice().signIn().open("auto");
        bob().signIn().open(transport);
        bob().follow("alice");

        for (int i = 0; i < 3; i++) {
            String name = transport + i + ".txt";
            Path file = file(name, "n" + i);
            Thread uploading = new Thread(() -> alice().upload(file, "other"), "upload");
            uploading.start();
            bob().open(transport);
            await().atMost(PATIENCE).until(() -> !uploading.isAlive());

            bob().awaitItem(name);
            await().during(Duration.ofMillis(500))
                    .untilAsserted(() -> assertThat(bob().items(name)).hasSize(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"webSockets", "serverSentEvents", "longPolling"})
    void upload_duringAReconnect_isShownOnce(String transport) throws IOException {
        alice().signIn().open("auto");
        bob().signIn().open(transport);
        bob().follow("alice");
        List<String> names = new CopyOnWriteArrayList<>();
        Path file = file("reconnect.txt", "r");
        AtomicBoolean away = new AtomicBoolean(true);
        Thread uploading = new Thread(
                () -> {
                    while (away.get() && names.size() < MOST_UPLOADS) {
                        String name = transport + names.size() + ".txt";
                        alice().upload(copy(file, name), "other");
                        names.add(name);
                    }
                },
                "upload");

        link.cut();
        bob().awaitNotLive();
        uploading.start();
        await().atMost(PATIENCE).until(() -> !names.isEmpty());
        link.join();
        bob().awaitLive();
        away.set(false);
        await().atMost(PATIENCE).until(() -> !uploading.isAlive());

        bob().awaitUnread(names.size());
        names.forEach(bob()::awaitItem);
        await().during(Duration.ofMillis(500)).untilAsserted(() -> assertThat(names)
                .allSatisfy(name -> assertThat(bob().items(name)).hasSize(1)));
    }

    @Test
    void upload_ofTwoFiles_countsBothOnTheOpenPage() throws IOException {
        alice().signIn().open("auto");
        bob().signIn().open("auto");
        bob().follow("alice");

        alice().upload(file("one.txt", "1"), "other");
        bob().awaitUnread(1);
        alice().upload(file("two.txt", "2"), "pictures");

        bob().awaitUnread(2);
    }

    private Path copy(Path file, String name) {
        try {
            return Files.copy(file, directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
