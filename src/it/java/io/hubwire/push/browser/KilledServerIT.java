package io.hubwire.push.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.push.boot.embedded.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("browser")
class KilledServerIT {
    @TempDir
    Path directory;

    private int port;
    private Process server;
    private Person alice;
    private Person bob;

    @BeforeEach
    void start() throws IOException {
        port = freePort();
        server = startServer();
        URI site = URI.create("http://localhost:" + port + "/");
        alice = Person.at(site, "alice", directory);
        bob = Person.at(site, "bob", directory);
    }

    @AfterEach
    void stop() throws InterruptedException {
        alice.close();
        bob.close();
        server.destroy();
        if (!server.waitFor(20, TimeUnit.SECONDS)) {
            server.destroyForcibly();
        }
    }

    @Test
    void kill_whileAPageIsOpen_losesNothing_andThePageComesBackByItself() throws Exception {
        alice.signIn().open("auto");
        bob.signIn().open("auto");
        bob.follow("alice");
        alice.upload(Files.writeString(directory.resolve("before.txt"), "before"), "other");
        bob.awaitItem("before.txt");

        server.destroyForcibly().waitFor();
        bob.awaitNotLive();
        server = startServer();
        bob.awaitLive();
        alice.awaitLive();
        alice.upload(Files.writeString(directory.resolve("after.txt"), "after"), "other");

        assertThat(bob.awaitItem("after.txt")).hasSize(1);
        assertThat(bob.items("before.txt")).hasSize(1);
        bob.awaitUnread(2);
    }

    private Process startServer() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--port=" + port,
                "--data=" + directory.resolve("data"));
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process started = builder.start();
        awaitReady(started.inputReader(StandardCharsets.UTF_8));
        return started;
    }

    private static void awaitReady(BufferedReader output) throws IOException {
        String line = output.readLine();
        while (line != null && !line.contains("ready")) {
            line = output.readLine();
        }
        assertThat(line).as("the line that says the server is ready").isNotNull();
    }

    /** Below those that systems give to clients: while the server is down, one of the browsers' connections might get it. */
    private static int freePort() throws IOException {
        for (int candidate = 10_000 + ThreadLocalRandom.current().nextInt(10_000); ; candidate++) {
            try (ServerSocket socket = new ServerSocket(candidate)) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                assertThat(candidate).as("a free port, " + taken).isLessThan(20_000);
            }
        }
    }
}
