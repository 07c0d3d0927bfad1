package io.hubwire.push.boot.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedTomcatIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** As the build unpacks it on the way to the archive. */
    private static final Path UNPACKED =
            Path.of(System.getProperty("hubwire.war", "target/hubwire.war")).resolveSibling("hubwire");

    @TempDir
    static Path data;

    private static EmbeddedTomcat server;

    @BeforeAll
    static void start() throws ServerStartException {
        server = EmbeddedTomcat.start(ServerOptions.onFreePort(data));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        server.close();
        server.close();
        server.await();
        assertThat(data.resolve("run")).isDirectoryNotContaining(Files::isDirectory);
    }

    @Test
    void uri_onLoopback_isForABrowser() {
        assertThat(server.uri()).isEqualTo(URI.create("http://localhost:" + server.port() + "/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lib/jquery.js",
                "lib/jquery.min.js",
                "lib/jquery.LICENSE.txt",
                "lib/jquery.signalR.js",
                "lib/jquery.signalR.min.js",
                "lib/jquery.signalR.LICENSE.txt"
            })
    void get_frontEndPackage_isServed(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WEB-INF/web.xml",
                "WEB-INF/web.config",
                "web.config",
                "META-INF/context.xml",
                "WEB-INF/classes/io/hubwire/push/boot/embedded/Main.class",
                "io/hubwire/push/boot/embedded/Main.class"
            })
    void get_insides_areNotServed(String path) throws Exception {
        assertThat(get(path).statusCode()).isIn(403, 404);
    }

    @Test
    void get_unescapedQuery_isNoBadRequest() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            String request = "GET /lib/jquery.js?data=[{\"a\":\"b|c^d`e<f>g\\h\"}] HTTP/1.1\r\nHost: localhost\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 200");
        }
    }

    @Test
    void get_missing_tellsNothingOfTheServer() throws Exception {
        HttpResponse<String> response = get("lib/no-such-file");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).doesNotContainIgnoringCase("tomcat/").doesNotContain("org.apache");
        assertThat(response.headers().firstValue("Server")).isEmpty();
    }

    @Test
    void start_portInUse_saysSoBeforeAnythingStarts(@TempDir Path other) throws IOException {
        try (ServerSocket occupied = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ServerOptions options =
                    new ServerOptions("127.0.0.1", occupied.getLocalPort(), other, WebApplication.fromCheckout());

            assertThatThrownBy(() -> EmbeddedTomcat.start(options))
                    .isInstanceOf(ServerStartException.class)
                    .hasMessageContaining("Port " + occupied.getLocalPort() + " of 127.0.0.1 cannot be used");
            assertThat(other).isEmptyDirectory();
        }
    }

    @Test
    void start_unknownHost_saysSo() {
        ServerOptions options = new ServerOptions("no-such-host.invalid", 0, data, WebApplication.fromCheckout());

        assertThatThrownBy(() -> EmbeddedTomcat.start(options))
                .hasMessage("There is no host called no-such-host.invalid");
    }

    @Test
    void start_wrongConfiguration_saysWhereBeforeAnythingStarts(@TempDir Path other) throws IOException {
        Path file = Files.writeString(
                other.resolve("web.config"), "<configuration>\n<container maxThreads='2'/>\n</configuration>");
        System.setProperty("hubwire.config", file.toString());
        try {
            assertThatThrownBy(() -> EmbeddedTomcat.start(ServerOptions.onFreePort(other)))
                    .isInstanceOf(ServerStartException.class)
                    .hasMessage(file + ", line 2: container.maxThreads=\"2\" must be a whole number from 4 to 10000.");
        } finally {
            System.clearProperty("hubwire.config");
        }
    }

    @Test
    void start_unpackedBesideIt_areStrangers(@TempDir Path other) throws Exception {
        ServerOptions options = new ServerOptions("127.0.0.1", 0, other, WebApplication.unpacked(UNPACKED));
        try (EmbeddedTomcat second = EmbeddedTomcat.start(options)) {
            String token = signIn(second);

            assertThat(statusOfMe(second, token)).isEqualTo(200);
            assertThat(statusOfMe(server, token)).isEqualTo(401);
        }
        assertThat(statusOfMe(server, signIn(server))).isEqualTo(200);
    }

    @Test
    void start_secondFromTheClassPath_isRefused(@TempDir Path other) {
        assertThatThrownBy(() -> EmbeddedTomcat.start(ServerOptions.onFreePort(other)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(other.resolve("run")).isDirectoryNotContaining(Files::isDirectory);
    }

    private static String signIn(EmbeddedTomcat at) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(at.uri().resolve("api/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=password&username=alice&password=demo-alice"))
                .build();
        HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body().replaceFirst(".*\"access_token\":\"([^\"]+)\".*", "$1");
    }

    private static int statusOfMe(EmbeddedTomcat at, String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(at.uri().resolve("api/me"))
                .header("Authorization", "Bearer " + token)
                .build();
        return HTTP.send(request, BodyHandlers.discarding()).statusCode();
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = server.uri().resolve(path);
        return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
