package io.hubwire.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.push.boot.embedded.EmbeddedTomcat;
import io.hubwire.push.boot.embedded.ServerStartException;
import io.hubwire.signalr.connection.ConnectionContext;
import io.hubwire.signalr.hosting.cdi.ForConnection;
import io.hubwire.signalr.hosting.cdi.ForHub;
import io.hubwire.signalr.hub.ClientProxy;
import io.hubwire.signalr.hub.GlobalHost;
import io.hubwire.signalr.hub.HubContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients called, and groups changed, from everywhere but hubs, in a web application with CDI and JAX-RS that Tomcat scans. */
class OutsideHubsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Map<String, CompletionStage<Void>> EARLY = new ConcurrentHashMap<>();

    @TempDir
    static Path directory;

    private static EmbeddedTomcat server;

    @ApplicationPath("api")
    public static class Rest extends Application {
        @Override
        public Set<Class<?>> getClasses() {
            return Set.of(Announcements.class);
        }
    }

    /** Publishes as early as an application can. */
    @ApplicationScoped
    public static class EarlyBird {
        @Inject
        @ForHub(ChatHub.class)
        HubContext<ClientProxy> chat;

        @Inject
        @ForConnection(Echo.class)
        ConnectionContext echo;

        void initialized(@Observes @Initialized(ApplicationScoped.class) Object application) {
            EARLY.put("injected", chat.clients().group("lobby").invoke("message", "early", "bird"));
            EARLY.put("connection", echo.connection().broadcast("early"));
            EARLY.put(
                    "asked",
                    GlobalHost.connectionManager()
                            .hubContext(ChatHub.class)
                            .clients()
                            .all()
                            .invoke("message", "early", "bird"));
        }

        void startup(@Observes Startup event) {
            EARLY.put("at Startup", chat.clients().all().invoke("message", "early", "bird"));
        }
    }

    /** A listener of the container's own. */
    @WebListener
    public static class EarlyListener implements ServletContextListener {
        @Override
        public void contextInitialized(ServletContextEvent event) {
            EARLY.put(
                    "listener",
                    GlobalHost.connectionManager()
                            .hubContext("chat")
                            .clients()
                            .all()
                            .invoke("message", "early", "bird"));
        }
    }

    @BeforeAll
    static void start() throws IOException, ServerStartException {
        server = ScannedApplication.start(
                directory,
                ChatHub.class,
                Echo.class,
                Clock.class,
                Announcements.class,
                Rest.class,
                EarlyBird.class,
                EarlyListener.class);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static SignalRTestClient connect() {
        return SignalRTestClient.start(ClientOptions.to("127.0.0.1", server.port())
                .withTransport(TestTransport.WEB_SOCKETS)
                .withHubs("chat")
                .withPatience(PATIENCE));
    }

    private static void call(String method, String path, String text) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/" + path))
                .method(method, BodyPublishers.ofString(text))
                .header("Content-Type", "text/plain")
                .timeout(PATIENCE)
                .build();
        int status = HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
        assertThat(status).as("answered when the stage was complete").isBetween(200, 204);
    }

    @Test
    void startUp_observersAndListeners_publish() {
        assertThat(EARLY.keySet())
                .containsExactlyInAnyOrder("injected", "connection", "asked", "at Startup", "listener");
        assertThat(EARLY.values()).allSatisfy(published -> assertThat(published.toCompletableFuture())
                .succeedsWithin(PATIENCE));
    }

    @Test
    void scheduledTask_publishes() {
        try (SignalRTestClient client = connect()) {
            String time = client.awaitCall("chat", "time").get(0).text();
            assertThat(LocalTime.parse(time)).isNotNull();
        }
    }

    @Test
    void jaxRsResource_publishesToTheGroupToWhichItHasAdded() throws Exception {
        try (SignalRTestClient member = connect();
                SignalRTestClient stranger = connect()) {
            call("PUT", "rooms/kitchen/members/" + member.connectionId(), "");
            call("POST", "rooms/kitchen", "dinner");
            call("PUT", "rooms/garden/members/" + stranger.connectionId(), "");
            call("POST", "rooms/garden", "fire");

            assertThat(texts(member.awaitCall("chat", "message"))).containsExactly("the house", "dinner");
            assertThat(texts(stranger.awaitCall("chat", "message")))
                    .as("the first it heard")
                    .containsExactly("the house", "fire");
        }
    }

    @Test
    void threadOfNobody_publishes_byTheClassThatAsks() throws InterruptedException {
        try (SignalRTestClient client = connect()) {
            client.invoke("chat", "join", "lobby");
            Thread thread = new Thread(() -> new Announcer().announce("from a thread"));
            thread.setContextClassLoader(null);

            thread.start();
            thread.join();

            assertThat(texts(client.awaitCall("chat", "message"))).containsExactly("the house", "from a thread");
        }
    }

    @Test
    void hubMadeByNew_saysWhatToUseInstead() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new ChatHub().send("lobby", "hello"))
                .withMessage(
                        ChatHub.class.getName() + " was not made by the hub pipeline. Hubs are not created by hand:"
                                + " to call clients from outside a hub use GlobalHost.connectionManager().hubContext(ChatHub.class).");
    }

    private static List<String> texts(List<JsonText> arguments) {
        return arguments.stream().map(JsonText::text).toList();
    }
}
