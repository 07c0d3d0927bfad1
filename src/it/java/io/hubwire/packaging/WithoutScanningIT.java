package io.hubwire.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.EmbeddedTomcat;
import io.hubwire.kit.LeakAudit;
import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.signalr.hosting.jakarta.SignalR;
import io.hubwire.signalr.hub.Hub;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The library's archive among the libraries of a web application that says itself what is to be scanned, and in which order. */
class WithoutScanningIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final String LISTENER =
            "<listener><listener-class>" + Mapping.class.getName() + "</listener-class></listener>";

    @TempDir
    Path root;

    private UnpackedApplication application;
    private final LeakAudit threads = LeakAudit.ofThreads("hubwire");

    public static class EchoHub extends Hub {
        public String echo(String text) {
            return text;
        }
    }

    /** Maps what no scan has found. */
    public static class Mapping implements ServletContextListener {
        @Override
        public void contextInitialized(ServletContextEvent event) {
            SignalR.map(event.getServletContext(), List.of(EchoHub.class)).hubs("/mapped");
        }
    }

    @BeforeEach
    void unpack() throws Exception {
        application = UnpackedApplication.in(root, WithoutScanningIT.class, EchoHub.class, Mapping.class);
    }

    @AfterEach
    void audit() {
        threads.verify();
    }

    private static String echo(EmbeddedTomcat server, String path, TestTransport transport) {
        ClientOptions options = ClientOptions.to("127.0.0.1", server.port())
                .withPath("/app" + path)
                .withTransport(transport)
                .withHubs("echoHub")
                .withPatience(PATIENCE);
        try (SignalRTestClient client = SignalRTestClient.start(options)) {
            return client.invoke("echoHub", "echo", "hello").result().orElseThrow();
        }
    }

    @Test
    void library_amongOthers_isFoundAndMapsTheHubs() throws IOException {
        try (EmbeddedTomcat server = application.deploy("", "")) {
            assertThat(echo(server, "/signalr", TestTransport.WEB_SOCKETS)).isEqualTo("\"hello\"");
        }
    }

    @Test
    void library_namedInAnAbsoluteOrdering_isFoundAndMapsTheHubs() throws IOException {
        try (EmbeddedTomcat server =
                application.deploy("", "<absolute-ordering><name>hubwire</name></absolute-ordering>")) {
            assertThat(echo(server, "/signalr", TestTransport.LONG_POLLING)).isEqualTo("\"hello\"");
        }
    }

    /** The library's initializer is not called. */
    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void library_excludedByAnAbsoluteOrdering_servesWhatAListenerMaps(TestTransport transport) throws IOException {
        try (EmbeddedTomcat server =
                application.deploy("metadata-complete='true'", "<absolute-ordering/>" + LISTENER)) {
            assertThat(echo(server, "/mapped", transport)).isEqualTo("\"hello\"");
            server.stopApplication();
            threads.verify();
        }
    }

    /** Tomcat scans for initializers all the same, so that the hub is found as well. */
    @Test
    void library_inAnApplicationThatIsMetadataComplete_servesWhatAListenerMaps() throws IOException {
        try (EmbeddedTomcat server = application.deploy("metadata-complete='true'", LISTENER)) {
            assertThat(echo(server, "/mapped", TestTransport.WEB_SOCKETS)).isEqualTo("\"hello\"");
        }
    }
}
