package io.hubwire.push.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody uploads, and somebody who follows knows: in two browsers, wherever the application runs. */
abstract class UploadStory {
    private static final String NO_WEB_SOCKET = "delete window.WebSocket;";
    private static final String NO_WEB_SOCKET_OR_EVENT_SOURCE = NO_WEB_SOCKET + "delete window.EventSource;";

    static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private Person alice;
    private Person bob;

    /** Where Alice finds the application, which is ready for a test from then on. */
    abstract URI open() throws Exception;

    /** Where Bob finds it; asked for after {@link #open}. */
    abstract URI openForBob() throws Exception;

    @BeforeEach
    final void openBrowsers() throws Exception {
        URI site = open();
        Files.createDirectories(downloads());
        alice = Person.at(site, "alice", downloads());
        bob = Person.at(openForBob(), "bob", downloads());
    }

    @AfterEach
    final void closeBrowsers() {
        alice.close();
        bob.close();
    }

    @Test
    void upload_reachesAFollowerAtOnce_overWebSockets_andCanBeDownloaded() throws IOException {
        alice.signIn().open("auto");
        bob.signIn().open("webSockets");
        assertThat(bob.clientLibrary()).isEqualTo("2.4.3");
        assertThat(bob.transport()).isEqualTo("webSockets");
        bob.follow("alice");

        Path file = file("minutes of the meeting.txt", "agreed on everything");
        alice.upload(file, "documents");

        assertThat(bob.awaitItem("minutes of the meeting.txt").get(0).getText()).contains("Alice Archer", "Documents");
        bob.awaitUnread(1);
        keepScreenshot("inbox", bob);
        bob.download("minutes of the meeting.txt");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(downloads().resolve("minutes of the meeting.txt"))
                .hasContent("agreed on everything"));
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

    final Person alice() {
        return alice;
    }

    final Person bob() {
        return bob;
    }

    final Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    private Path downloads() {
        return directory.resolve("downloads");
    }

    private static void keepScreenshot(String name, Person person) throws IOException {
        Path kept = Files.createDirectories(Path.of("target", "screenshots"));
        Files.write(kept.resolve(name + ".png"), person.screenshot());
    }
}
