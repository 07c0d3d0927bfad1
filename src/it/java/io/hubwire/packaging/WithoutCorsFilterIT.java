package io.hubwire.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.kit.EmbeddedTomcat;
import io.hubwire.kit.LeakAudit;
import io.hubwire.kit.LogAudit;
import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.signalr.hub.Hub;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that has not brought the filter which pages of other origins take: nobody needs it until they are allowed. */
class WithoutCorsFilterIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path root;

    private UnpackedApplication application;
    private final LeakAudit threads = LeakAudit.ofThreads("hubwire");

    public static class EchoHub extends Hub {
        public String echo(String text) {
            return text;
        }
    }

    @BeforeEach
    void unpack() throws Exception {
        application = UnpackedApplication.in(root, WithoutCorsFilterIT.class, EchoHub.class);
    }

    @AfterEach
    void audit() {
        threads.verify();
    }

    @Test
    void itsOwnPages_areServedOnEveryTransport() throws IOException {
        try (EmbeddedTomcat server = application.deploy("", "")) {
            ClassLoader loader = server.context().getLoader().getClassLoader();
            assertThatThrownBy(() -> loader.loadClass("com.thetransactioncompany.cors.CORSFilter"))
                    .isInstanceOf(ClassNotFoundException.class);

            for (TestTransport transport : TestTransport.values()) {
                assertThat(echo(server, transport)).as(transport.wireName()).isEqualTo("\"hello\"");
            }
        }
    }

    @Test
    void otherOriginsInTheConfiguration_stopTheStart_andTheLogNamesTheLibrary() throws IOException {
        application.configure(
                "<configuration><signalr><crossDomain origins='https://www.example.com'/></signalr></configuration>");
        try (LogAudit log = new LogAudit()) {
            assertThatThrownBy(() -> application.deploy("", "")).isInstanceOf(IllegalStateException.class);

            assertThat(log.records())
                    .anyMatch(line -> line.contains("Pages of other origins are allowed, which takes"
                            + " com.thetransactioncompany:cors-filter in the application's libraries."));
        }
    }

    private static String echo(EmbeddedTomcat server, TestTransport transport) {
        ClientOptions options = ClientOptions.to("127.0.0.1", server.port())
                .withPath("/app/signalr")
                .withTransport(transport)
                .withHeader("Origin: http://127.0.0.1:" + server.port())
                .withHubs("echoHub")
                .withPatience(PATIENCE);
        try (SignalRTestClient client = SignalRTestClient.start(options)) {
            return client.invoke("echoHub", "echo", "hello").result().orElseThrow();
        }
    }
}
