package io.hubwire.push.boot.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.push.kit.ApiClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar hubwire.war}, as a user types it. */
@Timeout(180)
class ExecutableWarIT {

    private static final String READY = "Hubwire is ready: ";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    private final List<SignalRTestClient> clients = new ArrayList<>();
    private Process process;

    @AfterEach
    void endClientsAndProcess() throws InterruptedException {
        clients.forEach(SignalRTestClient::close);
        process.destroyForcibly().waitFor();
    }

    @Test
    void run_thenTerminate_servesSendsItsClientsElsewhereAndLeavesOnlyItsData() throws Exception {
        run(List.of("-Dhubwire.shutdown.window=1s", "-Dhubwire.shutdown.grace=1m"), "--port=0");
        URI address = awaitReady();

        assertThat(status(address.resolve("lib/jquery.signalR.min.js"))).isEqualTo(200);
        assertThat(status(address.resolve("io/hubwire/push/boot/embedded/Launcher.class")))
                .isEqualTo(403);
        assertThat(status(address.resolve("WEB-INF/lib-embedded/"))).isEqualTo(404);

        terminate_withClients_sendsThemElsewhereFirst(address);
        assertThat(directory.resolve("data/run")).isDirectoryNotContaining(Files::isDirectory);
    }

    /** Of each transport one: all are told before the port is closed, and the log tells of it. */
    private void terminate_withClients_sendsThemElsewhereFirst(URI address) throws Exception {
        String token = ApiClient.signIn(address, "alice", "demo-alice").token();
        for (TestTransport transport : TestTransport.values()) {
            clients.add(SignalRTestClient.start(ClientOptions.to("127.0.0.1", address.getPort())
                    .withHeader("Authorization: Bearer " + token)
                    .withTransport(transport)
                    .withPatience(PATIENCE)
                    .withHubs("stockTickerHub")));
        }

        process.toHandle().destroy(); // leaves its output open

        clients.forEach(SignalRTestClient::awaitChannelEnd);
        assertThat(output())
                .anyMatch(line -> line.contains("Draining hubwire: DrainOptions[window=PT1S, bound=PT1M1S]"))
                .anyMatch(line ->
                        line.matches(".*Drained hubwire: moved [1-4], away [0-3], cut 0, unfinished calls 0, .*"));
        assertThat(process.exitValue()).isEqualTo(143);
    }

    @Test
    void run_afterAKill_removesWhatWasLeft() throws Exception {
        run("--port=0");
        awaitReady();
        process.destroyForcibly().waitFor();
        try (var left = Files.list(directory.resolve("data/run"))) {
            assertThat(left.filter(Files::isDirectory)).isNotEmpty();
        }

        run("--port=0");
        awaitReady();
        process.destroy();
        process.waitFor();

        assertThat(directory.resolve("data/run")).isDirectoryNotContaining(Files::isDirectory);
    }

    @Test
    void run_onAPortInUse_printsOneLineAndFails() throws Exception {
        try (ServerSocket occupied = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            run("--port=" + occupied.getLocalPort());

            assertThat(output()).singleElement().asString().startsWith("Port " + occupied.getLocalPort());
            assertThat(process.waitFor()).isEqualTo(1);
            assertThat(directory.resolve("data/run")).isDirectoryNotContaining(Files::isDirectory);
        }
    }

    @Test
    void run_withNonsense_printsTheUsageAndTouchesNothing() throws Exception {
        run("--prot=8080");

        assertThat(output()).hasSizeGreaterThan(1).first().isEqualTo("There is no option \"--prot=8080\"");
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void run_toCheckThePackagedConfiguration_printsItAndTouchesNothing() throws Exception {
        run("--check-config");

        assertThat(output())
                .anyMatch(line -> line.startsWith("signalr.transports.disconnectTimeout = 00:00:30   ["))
                .anyMatch(line -> line.startsWith("upload.maxBytes = 52428800   ["));
        assertThat(process.waitFor()).isZero();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void run_toCheckAWrongConfiguration_tellsWhatIsWrong() throws Exception {
        Path file = Files.writeString(
                directory.resolve("web.config"), "<configuration>\n<signalr paht='x'/>\n</configuration>");
        run("--check-config=" + file);

        assertThat(output())
                .singleElement()
                .asString()
                .startsWith(file + ", line 2: <signalr> has no attribute \"paht\"; it has ");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    private void run(String... options) throws IOException {
        run(List.of(), options);
    }

    private void run(List<String> properties, String... options) throws IOException {
        String war = System.getProperty("hubwire.war", "target/hubwire.war");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(properties);
        command.addAll(List.of("-jar", Path.of(war).toAbsolutePath().toString()));
        command.addAll(List.of(options));
        process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
    }

    private URI awaitReady() throws IOException {
        BufferedReader output = reader();
        List<String> seen = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(READY)) {
                return URI.create(line.substring(READY.length()));
            }
            seen.add(line);
        }
        return fail("The server ended without being ready: " + seen);
    }

    private List<String> output() throws IOException, InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return reader().lines().toList();
    }

    private BufferedReader reader() {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static int status(URI uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                .statusCode();
    }
}
