package io.hubwire.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.captures.fixture.CaptureUserFilter;
import io.hubwire.kit.LogAudit;
import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.Percent;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.signalr.hub.Authorize;
import io.hubwire.signalr.hub.Hub;
import io.hubwire.signalr.hub.HubConfiguration;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Vectors V95 to V98 and the matrix of protocol §10.5, on every transport. */
class AuthorizationVectorsIT {
    private static final String DETAILED = "/signalr";
    private static final String PLAIN = "/plain";
    private static final String GLOBAL = "/members";
    private static final String NOBODY = "";
    private static final String ALICE = "alice";
    private static final String BOB_ADMIN = "bob;admin";

    public abstract static class Base extends Hub {
        public String call() {
            return "ok";
        }
    }

    public static class Open extends Base {}

    @Authorize
    public abstract static class MembersBase extends Base {}

    public static class Members extends MembersBase {}

    @Authorize(roles = "admin")
    public static class Roles extends Base {}

    @Authorize(users = "bob", roles = "admin")
    public static class UsersAndRoles extends Base {}

    @Authorize(requireOutgoing = false)
    public static class Incoming extends Base {}

    @RolesAllowed("admin")
    public static class Standard extends Base {}

    public static class Methods extends Base {
        @Override
        @Authorize(roles = "admin")
        public String call() {
            return super.call();
        }
    }

    private static HubServer server;
    private static HubServer membersOnly;

    private LogAudit log;

    @BeforeAll
    static void startServers() {
        List<Class<?>> hubs = List.of(
                Open.class,
                Members.class,
                Roles.class,
                UsersAndRoles.class,
                Incoming.class,
                Standard.class,
                Methods.class);
        server = HubServer.start(
                "",
                settings -> settings.hubs(DETAILED, new HubConfiguration(true, true, false))
                        .hubs(PLAIN, HubConfiguration.defaults()),
                AuthorizationVectorsIT::identify,
                hubs);
        membersOnly = HubServer.start(
                "",
                settings -> settings.hubs(GLOBAL, HubConfiguration.defaults()),
                AuthorizationVectorsIT::identify,
                hubs);
        membersOnly.hubs().hubPipeline().requireAuthentication();
    }

    private static void identify(ServletContext context) {
        FilterRegistration.Dynamic filter = context.addFilter("user", new CaptureUserFilter());
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }

    @AfterAll
    static void stopServers() {
        server.close();
        membersOnly.close();
    }

    @BeforeEach
    void listen() {
        log = new LogAudit();
    }

    @AfterEach
    void nothingIsLogged() {
        log.close();
        assertThat(log.records()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void v95_anonymous_gets401ForEveryOperation(TestTransport transport) {
        assertThat(statuses(server, transport, DETAILED, NOBODY, "members")).containsOnly(401);
    }

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void v95_anonymous_withAPublicHubBeside_receivesOfThatAlone(TestTransport transport) {
        try (SignalRTestClient client = started(server, transport, DETAILED, NOBODY, "members", "open")) {
            signal(server, Members.class);
            signal(server, Open.class);

            assertThat(client.awaitCall("open", "signal")).hasSize(1);
            assertThat(client.messages()).noneMatch(message -> isOf(message, "members"));
            assertThat(client.invoke("members", "call").error()).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void v96_wrongRole_gets403ForEveryOperation(TestTransport transport) {
        assertThat(statuses(server, transport, DETAILED, ALICE, "roles")).containsOnly(403);
        assertThat(statuses(server, transport, DETAILED, ALICE, "standard")).containsOnly(403);
    }

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void v97_requireOutgoingFalse_letsAnonymousListenOnly(TestTransport transport) {
        try (SignalRTestClient client = started(server, transport, PLAIN, NOBODY, "incoming")) {
            signal(server, Incoming.class);

            assertThat(client.awaitCall("incoming", "signal")).hasSize(1);
            assertThat(client.invoke("incoming", "call").error())
                    .contains("There was an error invoking Hub method 'incoming.call'.");
        }
    }

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void v98_denialWithDetailedErrors_namesMethodAndHub(TestTransport transport) {
        try (SignalRTestClient client = started(server, transport, DETAILED, ALICE, "methods")) {
            assertThat(client.invoke("methods", "call").error())
                    .contains("Caller is not authorized to invoke the call method on Methods.");
        }
    }

    static Stream<Arguments> matrix() {
        return Stream.of(
                        row("open", Open.class, "yes yes", "yes yes", "yes yes"),
                        row("members", Members.class, "401", "yes yes", "yes yes"),
                        row("roles", Roles.class, "401", "403", "yes yes"),
                        row("usersAndRoles", UsersAndRoles.class, "401", "403", "yes yes"),
                        row("standard", Standard.class, "401", "403", "yes yes"),
                        row("incoming", Incoming.class, "yes error", "yes yes", "yes yes"),
                        row("methods", Methods.class, "yes error", "yes error", "yes yes"))
                .flatMap(AuthorizationVectorsIT::onEveryTransport);
    }

    static Stream<Arguments> globalMatrix() {
        return Stream.of(
                        row("open", Open.class, "401", "yes yes", "yes yes"),
                        row("roles", Roles.class, "401", "403", "yes yes"),
                        row("incoming", Incoming.class, "401", "yes yes", "yes yes"))
                .flatMap(AuthorizationVectorsIT::onEveryTransport);
    }

    private static Object[] row(String name, Class<?> hub, String nobody, String alice, String admin) {
        return new Object[] {name, hub, nobody, alice, admin};
    }

    private static Stream<Arguments> onEveryTransport(Object[] row) {
        return Arrays.stream(TestTransport.values())
                .map(transport -> Arguments.of(transport, row[0], row[1], row[2], row[3], row[4]));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("matrix")
    void matrix_ofHubsAndUsers(
            TestTransport transport, String name, Class<? extends Hub> hub, String nobody, String alice, String admin) {
        assertThat(access(server, transport, PLAIN, NOBODY, name, hub)).isEqualTo(nobody);
        assertThat(access(server, transport, PLAIN, ALICE, name, hub)).isEqualTo(alice);
        assertThat(access(server, transport, PLAIN, BOB_ADMIN, name, hub)).isEqualTo(admin);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("globalMatrix")
    void requireAuthentication_matrix(
            TestTransport transport, String name, Class<? extends Hub> hub, String nobody, String alice, String admin) {
        assertThat(access(membersOnly, transport, GLOBAL, NOBODY, name, hub)).isEqualTo(nobody);
        assertThat(access(membersOnly, transport, GLOBAL, ALICE, name, hub)).isEqualTo(alice);
        assertThat(access(membersOnly, transport, GLOBAL, BOB_ADMIN, name, hub)).isEqualTo(admin);
    }

    /** A status when negotiation is refused, or {@code yes} for receiving and {@code yes} or {@code error} for a call. */
    private static String access(
            HubServer on, TestTransport transport, String path, String user, String name, Class<? extends Hub> hub) {
        int status = negotiate(on, path, user, name);
        if (status != 200) {
            return Integer.toString(status);
        }
        try (SignalRTestClient client = started(on, transport, path, user, name)) {
            signal(on, hub);
            client.awaitCall(name, "signal");
            Optional<String> result = client.invoke(name, "call").result();
            return "yes " + (result.isPresent() ? "yes" : "error");
        }
    }

    /** Of every operation, with a token that would be refused next. */
    private static List<Integer> statuses(HubServer on, TestTransport transport, String path, String user, String hub) {
        Requests requests = Requests.to(on.port());
        String query = "?transport=" + transport.wireName() + "&frameId=1&connectionToken=x&" + connectionData(hub);
        return Stream.of("negotiate", "ping", "connect", "reconnect", "poll", "start", "send", "abort")
                .map(operation -> requests.get(path + "/" + operation + query, "X-User: " + user)
                        .status())
                .toList();
    }

    private static int negotiate(HubServer on, String path, String user, String hub) {
        return Requests.to(on.port())
                .get(path + "/negotiate?clientProtocol=2.1&" + connectionData(hub), "X-User: " + user)
                .status();
    }

    private static String connectionData(String hub) {
        return "connectionData=" + Percent.encode("[{\"name\":\"" + hub.toLowerCase(Locale.ROOT) + "\"}]");
    }

    private static SignalRTestClient started(
            HubServer on, TestTransport transport, String path, String user, String... hubs) {
        SignalRTestClient client = SignalRTestClient.create(ClientOptions.to("127.0.0.1", on.port())
                .withPath(path)
                .withTransport(transport)
                .withHubs(hubs)
                .withHeader("X-User: " + user));
        client.negotiate();
        client.connect();
        client.start();
        return client;
    }

    private static void signal(HubServer on, Class<? extends Hub> hub) {
        on.hubs()
                .connectionManager()
                .hubContext(hub)
                .clients()
                .all()
                .invoke("signal", "g")
                .toCompletableFuture()
                .join();
    }

    private static boolean isOf(JsonText message, String hub) {
        return message.get("H")
                .map(JsonText::text)
                .filter(hub::equalsIgnoreCase)
                .isPresent();
    }
}
