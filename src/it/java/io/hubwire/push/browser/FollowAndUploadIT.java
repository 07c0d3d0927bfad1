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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("browser")
class FollowAndUploadIT {
    private static final String NO_WEB_SOCKET = "delete window.WebSocket;";
    private static final String NO_WEB_SOCKET_OR_EVENT_SOURCE = NO_WEB_SOCKET + "delete window.EventSource;";

    /** As many as the inbox shows at once. */
    private static final int MOST_UPLOADS = 20;

    @TempDir
    Path directory;

    private EmbeddedTomcat server;
    private CuttableLink link; // between Bob and the server
    private Person alice;
    private Person bob;

    @BeforeEach
    void start() throws ServerStartException, IOException {
        server = EmbeddedTomcat.start(ServerOptions.onFreePort(directory.resolve("data")));
        Files.createDirectories(downloads());
        alice = Person.at(server.uri(), "alice", downloads());
        link = CuttableLink.to(server.uri().getPort());
        bob = Person.at(URI.create("http://localhost:" + link.port() + "/"), "bob", downloads());
    }

    @AfterEach
    void stop() {
        alice.close();
        bob.close();
        link.close();
        server.close();
    }

    @Test
    void upload_reachesAFollowerAtOnce_overWebSockets_andCanBeDownloaded() throws IOException {
        alice.signIn().open("auto");
        bob.signIn().open("auto");
        assertThat(bob.clientLibrary()).isEqualTo("2.4.3");
        assertThat(bob.transport()).isEqualTo("webSockets");
        bob.follow("alice");

        Path file = file("minutes of the meeting.txt", "agreed on everything");
        alice.upload(file, "documents");

        assertThat(bob.awaitItem("minutes of the meeting.txt").get(0).getText()).contains("Alice Archer", "Documents");
        bob.awaitUnread(1);
        keepScreenshot("inbox", bob);
        bob.download("minutes of the meeting.txt");
        await().untilAsserted(() ->
                assertThat(downloads().resolve("minutes of the meeting.txt")).hasContent("agreed on everything"));
    }

    @Test
    void upload_reachesAFollowerAtOnce_overLongPolling_whereThereIsNoWebSocket() throws IOException {
        bob.withScript(NO_WEB_SOCKET_OR_EVENT_SOURCE);
        alice.signIn().open("auto");
        bob.signIn().open("longPolling");
        assertThat(bob.transport()).isEqualTo("longPolling");
        bob.follow("alice");

        alice.upload(file("plan.txt", "plan"), "documents");

        bob.awaitItem("plan.txt");
        bob.awaitUnread(1);
    }

    @Test
    void upload_whileAway_waitsInTheInbox() throws IOException {
        bob.signIn().open("auto");
        bob.follow("alice");
        bob.leave();
        alice.signIn().open("auto");

        alice.upload(file("while you were away.txt", "news"), "other");
        bob.open("auto");

        assertThat(bob.awaitItem("while you were away.txt")).hasSize(1);
        bob.awaitUnread(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"webSockets", "longPolling"})
    void upload_duringThePageLoad_isShownOnce(String transport) throws IOException {
        alice.signIn().open("auto");
        bob.signIn().open(transport);
        bob.follow("alice");

        for (int i = 0; i < 3; i++) {
            String name = transport + i + ".txt";
            Path file = file(name, "n" + i);
            Thread uploading = new Thread(() -> alice.upload(file, "other"), "upload");
            uploading.start();
            bob.open(transport);
            await().atMost(Duration.ofSeconds(30)).until(() -> !uploading.isAlive());

            bob.awaitItem(name);
            await().during(Duration.ofMillis(500))
                    .untilAsserted(() -> assertThat(bob.items(name)).hasSize(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"webSockets", "serverSentEvents", "longPolling"})
    void upload_duringAReconnect_isShownOnce(String transport) throws IOException {
        alice.signIn().open("auto");
        bob.signIn().open(transport);
        bob.follow("alice");
        List<String> names = new CopyOnWriteArrayList<>();
        Path file = file("reconnect.txt", "r");
        AtomicBoolean away = new AtomicBoolean(true);
        Thread uploading = new Thread(
                () -> {
                    while (away.get() && names.size() < MOST_UPLOADS) {
                        String name = transport + names.size() + ".txt";
                        alice.upload(copy(file, name), "other");
                        names.add(name);
                    }
                },
                "upload");

        link.cut();
        bob.awaitNotLive();
        uploading.start();
        await().until(() -> !names.isEmpty());
        link.join();
        bob.awaitLive();
        away.set(false);
        await().atMost(Duration.ofSeconds(30)).until(() -> !uploading.isAlive());

        bob.awaitUnread(names.size());
        names.forEach(bob::awaitItem);
        await().during(Duration.ofMillis(500)).untilAsserted(() -> assertThat(names)
                .allSatisfy(name -> assertThat(bob.items(name)).hasSize(1)));
    }

    @Test
    void upload_ofTwoFiles_countsBothOnTheOpenPage() throws IOException {
        alice.signIn().open("auto");
        bob.signIn().open("auto");
        bob.follow("alice");

        alice.upload(file("one.txt", "1"), "other");
        bob.awaitUnread(1);
        alice.upload(file("two.txt", "2"), "pictures");

        bob.awaitUnread(2);
    }

    private Path downloads() {
        return directory.resolve("downloads");
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    private Path copy(Path file, String name) {
        try {
            return Files.copy(file, directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void keepScreenshot(String name, Person person) throws IOException {
        Path kept = Files.createDirectories(Path.of("target", "screenshots"));
        Files.write(kept.resolve(name + ".png"), person.screenshot());
    }
}
