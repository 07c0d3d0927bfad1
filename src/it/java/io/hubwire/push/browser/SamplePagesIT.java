package io.hubwire.push.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.push.boot.embedded.EmbeddedTomcat;
import io.hubwire.push.boot.embedded.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The stocks, the shape and the chat, with two people who look at the same page. */
@Tag("browser")
class SamplePagesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    Path directory;

    private EmbeddedTomcat server;
    private Person alice;
    private Person bob;

    @BeforeEach
    void start() throws Exception {
        server = EmbeddedTomcat.start(ServerOptions.onFreePort(directory.resolve("data")));
        alice = Person.at(server.uri(), "alice", directory).signIn();
        bob = Person.at(server.uri(), "bob", directory).signIn();
    }

    @AfterEach
    void stop() {
        alice.close();
        bob.close();
        server.close();
    }

    @Test
    void samples_whatOneDoes_theOtherSees() throws IOException {
        stocks();
        shape();
        chat();
    }

    private void stocks() throws IOException {
        alice.visit("stocks.html");
        bob.visit("stocks.html?transport=longPolling");
        bob.awaitPart("market-state", "closed");
        String first = bob.text("quotes");
        assertThat(first).contains("ALDER", "107.70", "0.00 %");

        alice.click("market-open");
        bob.awaitPart("market-state", "open");
        await().atMost(PATIENCE).until(() -> !bob.text("quotes").equals(first));
        keepScreenshot("stocks", bob);
        bob.click("market-close");
        alice.awaitPart("market-state", "closed");
        await().atMost(PATIENCE).until(() -> alice.text("quotes").equals(bob.text("quotes")));

        alice.click("market-reset");
        await().atMost(PATIENCE).until(() -> bob.text("quotes").equals(first));
        assertThat(alice.widthOnAPhone(360)).isLessThanOrEqualTo(360);
        keepScreenshot("stocks-phone", alice);
    }

    private void shape() throws IOException {
        alice.visit("shape.html");
        alice.awaitPart("shape-place", "50 % from the left, 50 % from the top");
        bob.visit("shape.html");
        bob.awaitPart("shape-place", "50 % from the left, 50 % from the top");

        alice.press("shape", Keys.ARROW_LEFT, Keys.chord(Keys.SHIFT, Keys.ARROW_DOWN));
        bob.awaitPart("shape-place", "48 % from the left, 60 % from the top");
        assertThat(bob.text("shape-mover")).contains("someone else");
        assertThat(alice.text("shape-mover")).contains("you");

        bob.drag("shape", 480, -260);
        alice.awaitPart("shape-place", "100 % from the left, 0 % from the top");
        keepScreenshot("shape", alice);
        alice.visit("shape.html").awaitPart("shape-place", "100 % from the left, 0 % from the top");
    }

    private void chat() throws IOException {
        alice.visit("chat.html");
        alice.awaitPart("chat-room", "lobby");
        bob.visit("chat.html");
        alice.awaitPart("chat-list", "Bob Baker (@bob) has joined");

        bob.enter("say-text", "hello <b>everyone</b>");
        bob.click("say");
        alice.awaitPart("chat-list", "hello <b>everyone</b>");

        bob.enter("join-name", "Bobby");
        bob.enter("join-room", "attic");
        bob.click("join");
        alice.awaitPart("chat-list", "Bob Baker (@bob) has left");
        bob.awaitPart("chat-room", "attic");
        keepScreenshot("chat", alice);
        bob.enter("say-text", "anyone up here?");
        bob.click("say");
        bob.awaitPart("chat-list", "anyone up here?");
        bob.enter("join-room", "lobby");
        bob.click("join");

        alice.awaitPart("chat-list", "Bobby (@bob) has joined");
        assertThat(alice.text("chat-list")).doesNotContain("anyone up here?");
        bob.leave();
        alice.awaitPart("chat-list", "Bobby (@bob) has left");

        bob.visit("angular.html");
        alice.awaitPart("chat-list", "Bob Baker (@bob) has joined");
        alice.enter("say-text", "hello, lobby");
        alice.click("say");
        bob.awaitPart("chat-list", "hello, lobby");
        bob.enter("say-text", "hello from AngularJS");
        bob.click("say");
        alice.awaitPart("chat-list", "hello from AngularJS");
        keepScreenshot("angular", bob);
    }

    private static void keepScreenshot(String name, Person person) throws IOException {
        Path kept = Files.createDirectories(Path.of("target", "screenshots"));
        Files.write(kept.resolve(name + ".png"), person.screenshot());
    }
}
