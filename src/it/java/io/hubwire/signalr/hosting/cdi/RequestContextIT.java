package io.hubwire.signalr.hosting.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.kit.EmbeddedTomcat;
import io.hubwire.kit.LogAudit;
import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.RawHttpClient;
import io.hubwire.kit.client.RawHttpRequest;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.signalr.connection.PersistentConnection;
import io.hubwire.signalr.hosting.HostRequest;
import io.hubwire.signalr.hosting.jakarta.SignalR;
import io.hubwire.signalr.hub.AuthorizationRule;
import io.hubwire.signalr.hub.Authorize;
import io.hubwire.signalr.hub.GlobalHost;
import io.hubwire.signalr.hub.GroupRejoiner;
import io.hubwire.signalr.hub.Hub;
import io.hubwire.signalr.hub.HubAuthorizer;
import io.hubwire.signalr.hub.HubDescriptor;
import io.hubwire.signalr.hub.HubIncomingContext;
import io.hubwire.signalr.hub.HubName;
import io.hubwire.signalr.hub.HubPipelineModule;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.weld.environment.servlet.EnhancedListener;
import org.jboss.weld.environment.servlet.WeldServletLifecycle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Weld as a servlet container's guest: a request context of its own for whatever SignalR asks the application, over every transport, and none that is left behind. */
class RequestContextIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PLAIN_REQUESTS = 30;

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final List<String> SEEN = new CopyOnWriteArrayList<>();
    private static final List<Integer> ENDED = new CopyOnWriteArrayList<>();

    private static final AtomicInteger MADE = new AtomicInteger();
    private static final AtomicInteger DISPOSED_OF = new AtomicInteger();
    private static final List<CompletionStage<Void>> EARLY = new CopyOnWriteArrayList<>();

    /** Numbered, and noted when it ends. */
    @RequestScoped
    public static class Visit {
        private final AtomicInteger number = new AtomicInteger();

        /** The same as long as the request lasts. */
        public int note(String event) {
            if (number.get() == 0) {
                number.set(NUMBERS.incrementAndGet());
            }
            SEEN.add(event);
            return number.get();
        }

        @PreDestroy
        void end() {
            if (number.get() > 0) {
                ENDED.add(number.get());
            }
        }
    }

    public static class PlainAuthorizer extends HubAuthorizer {
        @Inject
        Visit visit;

        @Override
        public boolean authorizeHubConnection(AuthorizationRule rule, HubDescriptor hub, HostRequest request) {
            visit.note("plain asked");
            return true;
        }

        @Override
        public boolean authorizeHubMethodInvocation(
                AuthorizationRule rule, HubIncomingContext call, boolean appliesToMethod) {
            visit.note("plain call asked");
            return true;
        }
    }

    @ApplicationScoped
    public static class BeanAuthorizer extends HubAuthorizer {
        @Inject
        Visit visit;

        @Override
        public boolean authorizeHubMethodInvocation(
                AuthorizationRule rule, HubIncomingContext call, boolean appliesToMethod) {
            visit.note("bean call asked");
            return true;
        }
    }

    public static class Rejoining extends HubPipelineModule {
        @Inject
        Visit visit;

        @Override
        public GroupRejoiner buildRejoiningGroups(GroupRejoiner next) {
            return (hub, request, groups) -> {
                visit.note("rejoining");
                return groups;
            };
        }
    }

    @HubName("visited")
    @Authorize(by = PlainAuthorizer.class)
    public static class VisitedHub extends Hub {
        @Inject
        Visit visit;

        @Override
        public CompletionStage<?> onConnected() {
            visit.note("connected");
            return groups().add(context().connectionId(), "room");
        }

        @Override
        public CompletionStage<?> onReconnected() {
            visit.note("reconnected");
            return clients().caller().invoke("back");
        }

        @Override
        public CompletionStage<?> onDisconnected(boolean stopCalled) {
            visit.note("disconnected");
            return CompletableFuture.completedFuture(null);
        }

        @Authorize(by = BeanAuthorizer.class)
        public List<Integer> twice() {
            return List.of(visit.note("called"), visit.note("called"));
        }
    }

    public static class VisitedConnection extends PersistentConnection {
        @Inject
        Visit visit;

        @PostConstruct
        void made() {
            MADE.incrementAndGet();
        }

        @PreDestroy
        void disposedOf() {
            DISPOSED_OF.incrementAndGet();
        }

        @Override
        protected boolean authorizeRequest(HostRequest request) {
            visit.note("authorized");
            return true;
        }

        @Override
        protected CompletionStage<?> onConnected(HostRequest request, String connectionId) {
            visit.note("opened");
            return CompletableFuture.completedFuture(null);
        }

        @Override
        protected CompletionStage<?> onReceived(HostRequest request, String connectionId, String data) {
            int first = visit.note("received");
            int second = visit.note("received");
            return connection().send(connectionId, first == second);
        }

        @Override
        protected CompletionStage<?> onDisconnected(HostRequest request, String connectionId, boolean stopCalled) {
            visit.note("closed");
            return CompletableFuture.completedFuture(null);
        }
    }

    /** A request that is none of SignalR's has the container's context. */
    private static final class PlainServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print(cdi.get(Visit.class).note("plain request"));
        }
    }

    private static TestContainer cdi;
    private static EmbeddedTomcat server;

    @BeforeAll
    static void start() {
        cdi = new TestContainer(Visit.class, BeanAuthorizer.class);
        server = EmbeddedTomcat.start("/app", Set.of(), RequestContextIT::setUp);
    }

    private static void setUp(ServletContext context) throws ServletException {
        SignalR.map(context, List.of(VisitedHub.class))
                .hubs("/SignalR")
                .connection("/visits", VisitedConnection.class)
                .module(Rejoining.class)
                .started(contexts -> {
                    EARLY.add(contexts.hubContext(VisitedHub.class)
                            .clients()
                            .all()
                            .invoke("early"));
                    EARLY.add(GlobalHost.connectionManager()
                            .connectionContext(VisitedConnection.class)
                            .connection()
                            .broadcast("early"));
                });
        context.addServlet("plain", new PlainServlet()).addMapping("/plain");
        context.setAttribute(WeldServletLifecycle.BEAN_MANAGER_ATTRIBUTE_NAME, cdi.beans());
        new EnhancedListener().onStartup(Set.of(), context);
    }

    @AfterAll
    static void stop() {
        server.close();
        cdi.close();
    }

    @BeforeEach
    void forget() {
        await().atMost(PATIENCE).until(() -> ENDED.size() == NUMBERS.get());
        SEEN.clear();
    }

    private static SignalRTestClient started(TestTransport transport, String path) {
        return SignalRTestClient.start(ClientOptions.to("127.0.0.1", server.port())
                .withPath("/app" + path)
                .withTransport(transport)
                .withHubs(path.equals("/visits") ? new String[0] : new String[] {"visited"})
                .withPatience(PATIENCE));
    }

    private static void assertAllHaveEnded() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(ENDED).hasSize(NUMBERS.get()));
        assertThat(ENDED).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void hub_whateverIsAskedOfIt_hasARequestContextThatEnds(TestTransport transport) {
        try (LogAudit log = new LogAudit();
                SignalRTestClient client = started(transport, "/signalr")) {
            String first = client.invoke("visited", "twice").result().orElseThrow();
            String second = client.invoke("visited", "twice").result().orElseThrow();
            assertThat(first).as("one context in a call").matches("\\[(\\d+),\\1]");
            assertThat(second)
                    .as("another in the next")
                    .matches("\\[(\\d+),\\1]")
                    .isNotEqualTo(first);
            client.drop();
            client.reconnect();
            client.awaitCall("visited", "back");
            client.abort();
            await().atMost(PATIENCE).until(() -> SEEN.contains("disconnected"));

            assertThat(SEEN)
                    .contains("plain asked", "connected", "rejoining", "reconnected")
                    .containsOnlyOnce("connected", "disconnected")
                    .contains("plain call asked", "bean call asked");
            assertAllHaveEnded();
            assertThat(log.records()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void persistentConnection_whateverIsAskedOfIt_hasARequestContextThatEnds(TestTransport transport) {
        try (LogAudit log = new LogAudit();
                SignalRTestClient client = started(transport, "/visits")) {
            client.sendData("hello");
            client.awaitMessages(
                    messages ->
                            messages.stream().anyMatch(message -> message.raw().equals("true")),
                    "an answer");
            client.abort();
            await().atMost(PATIENCE).until(() -> SEEN.contains("closed"));

            assertThat(SEEN).contains("authorized", "opened", "received").containsOnlyOnce("opened", "closed");
            assertAllHaveEnded();
            assertThat(log.records()).isEmpty();
        }
    }

    /** One for each request, the one that is replaced and the one that is aborted too. */
    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void persistentConnection_everyInstance_isDisposedOfWhenItsRequestIsOver(TestTransport transport) {
        int before = MADE.get();
        try (SignalRTestClient client = started(transport, "/visits")) {
            client.sendData("hello");
            client.awaitMessages(messages -> !messages.isEmpty(), "an answer");
            client.drop();
            client.reconnect();
            client.sendData("again");
            client.awaitMessages(2); // so the new channel is there
            int made = MADE.get();
            await().atMost(PATIENCE).until(() -> DISPOSED_OF.get() >= made - 2);
            // between two polls there is none for a moment
            await("some are still needed").atMost(PATIENCE).until(() -> MADE.get() > DISPOSED_OF.get());
            client.abort();
        }
        await().atMost(PATIENCE).until(() -> DISPOSED_OF.get() == MADE.get());
        assertThat(MADE.get()).isGreaterThan(before + 2);
    }

    @Test
    void publishing_whenTheServerHasStartedBeforeTheFirstClient_isDone() {
        assertThat(EARLY).hasSize(2).allSatisfy(published -> assertThat(published.toCompletableFuture())
                .succeedsWithin(PATIENCE));
    }

    /** The path as it is mapped, in another case, escaped, and with a parameter: SignalR answers them all, so all must be excluded. */
    @Test
    void containersContext_onThreadsThatAnsweredStreamsAndPolls_isNewForEachRequest() {
        RawHttpClient http = new RawHttpClient("127.0.0.1", server.port());
        try (LogAudit log = new LogAudit()) {
            for (String path : List.of("/SignalR", "/SIGNALR", "/%53ignal%52", "/signalr;v=1", "/Visits")) {
                try (SignalRTestClient client = started(TestTransport.LONG_POLLING, path);
                        SignalRTestClient streaming = started(TestTransport.SERVER_SENT_EVENTS, path)) {
                    client.abort();
                    streaming.abort();
                }
            }
            Set<Integer> before = Set.copyOf(ENDED);
            for (int i = 0; i < PLAIN_REQUESTS; i++) {
                String visit =
                        http.call(RawHttpRequest.get("/app/plain"), PATIENCE).body();
                assertThat(before).doesNotContain(Integer.valueOf(visit));
            }
            assertAllHaveEnded();
            assertThat(SEEN).filteredOn("plain request"::equals).hasSize(PLAIN_REQUESTS);
            assertThat(log.records()).isEmpty();
        }
    }
}
