package io.hubwire.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.EmbeddedTomcat;
import io.hubwire.kit.LogAudit;
import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.Percent;
import io.hubwire.kit.client.RawExchange;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.signalr.SignalRConfig;
import io.hubwire.signalr.SignalRServer;
import io.hubwire.signalr.hosting.jakarta.SignalR;
import io.hubwire.signalr.hub.Authorize;
import io.hubwire.signalr.hub.Hub;
import io.hubwire.signalr.hub.HubConfiguration;
import io.hubwire.signalr.hub.HubRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.util.Base64;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.authenticator.BasicAuthenticator;
import org.apache.catalina.realm.GenericPrincipal;
import org.apache.catalina.realm.MemoryRealm;
import org.apache.tomcat.util.descriptor.web.LoginConfig;
import org.apache.tomcat.util.descriptor.web.SecurityCollection;
import org.apache.tomcat.util.descriptor.web.SecurityConstraint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Users whom the container knows by itself, from a realm, signed in by BASIC: hubs have its principal and its roles, and no line of code of the application (protocol §10). */
class ContainerPrincipalIT {
    private static final String USERS = """
            <tomcat-users>
              <user username="alice" password="of-alice" roles="member"/>
              <user username="bob" password="of-bob" roles="member,admin"/>
            </tomcat-users>
            """;

    @Authorize
    public static class Members extends Hub {
        public String who() {
            Principal user = context().user().orElseThrow();
            return user.getName() + (user instanceof GenericPrincipal ? " of the realm" : " of somebody else");
        }

        public boolean isAdmin() {
            return context().request().isUserInRole("admin");
        }

        @Authorize(roles = "admin")
        public String administer() {
            return "done";
        }
    }

    @Authorize(roles = "admin")
    public static class Admins extends Hub {
        public String call() {
            return "ok";
        }
    }

    @TempDir
    static Path directory;

    private static SignalRServer signalR;
    private static EmbeddedTomcat tomcat;

    private LogAudit log;

    @BeforeAll
    static void start() throws IOException {
        Path users = Files.writeString(directory.resolve("users.xml"), USERS);
        signalR = SignalRServer.start(
                SignalRConfig.builder()
                        .name("realm")
                        .classLoader(new ClassLoader(ContainerPrincipalIT.class.getClassLoader()) {})
                        .hubs("/signalr", HubConfiguration.defaults())
                        .build(),
                HubRegistry.of(List.of(Members.class, Admins.class)));
        tomcat = EmbeddedTomcat.start(
                context -> SignalR.serve(context, signalR), context -> authenticate(context, users));
    }

    /** As {@code login-config} and {@code security-constraint} of a {@code web.xml} do. */
    private static void authenticate(Context context, Path users) {
        MemoryRealm realm = new MemoryRealm();
        realm.setPathname(users.toString());
        context.setRealm(realm);
        context.setLoginConfig(new LoginConfig("BASIC", "hubs", null, null));
        context.getPipeline().addValve(new BasicAuthenticator());
        context.addSecurityRole("member");
        SecurityCollection hubs = new SecurityCollection("hubs", null);
        hubs.addPattern("/signalr/*");
        SecurityConstraint members = new SecurityConstraint();
        members.addCollection(hubs);
        members.addAuthRole("member");
        context.addConstraint(members);
    }

    @AfterAll
    static void stop() {
        signalR.close();
        tomcat.close();
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
    @EnumSource
    void userOfTheRealm_isWhoCalls(TestTransport transport) {
        try (SignalRTestClient alice = started(transport, "alice", "members");
                SignalRTestClient bob = started(transport, "bob", "members", "admins")) {
            assertThat(alice.invoke("members", "who").result()).contains("\"alice of the realm\"");
            assertThat(bob.invoke("members", "who").result()).contains("\"bob of the realm\"");
        }
    }

    @ParameterizedTest
    @EnumSource
    void rolesOfTheRealm_decide(TestTransport transport) {
        try (SignalRTestClient alice = started(transport, "alice", "members");
                SignalRTestClient bob = started(transport, "bob", "members", "admins")) {
            assertThat(alice.invoke("members", "isAdmin").result()).contains("false");
            assertThat(alice.invoke("members", "administer").error()).isPresent();
            assertThat(bob.invoke("members", "isAdmin").result()).contains("true");
            assertThat(bob.invoke("members", "administer").result()).contains("\"done\"");
            assertThat(bob.invoke("admins", "call").result()).contains("\"ok\"");
        }
    }

    @ParameterizedTest
    @EnumSource
    void userOfTheRealm_isReachedByName(TestTransport transport) {
        try (SignalRTestClient alice = started(transport, "alice", "members");
                SignalRTestClient bob = started(transport, "bob", "members")) {
            tell("alice", "for alice");
            tell("bob", "for bob");

            assertThat(alice.awaitCall("members", "told"))
                    .singleElement()
                    .asString()
                    .contains("for alice");
            assertThat(bob.awaitCall("members", "told"))
                    .singleElement()
                    .asString()
                    .contains("for bob");
        }
    }

    @ParameterizedTest
    @EnumSource
    void connectionOfOneUser_isNobodyElses(TestTransport transport) {
        try (SignalRTestClient alice = started(transport, "alice", "members")) {
            String token = alice.negotiation().connectionToken();

            assertThat(connect(transport, token, authorization("bob"))).isEqualTo(403);
            assertThat(alice.invoke("members", "who").result()).contains("\"alice of the realm\"");
        }
    }

    @Test
    void userWithoutTheRoleOfAHub_isRefusedIt() {
        assertThat(negotiate("admins", authorization("alice")).status()).isEqualTo(403);
        assertThat(negotiate("admins", authorization("bob")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void nobody_isAskedByTheContainer(TestTransport transport) {
        RawExchange negotiated = negotiate("members", "X-Nothing: here");

        assertThat(negotiated.status()).isEqualTo(401);
        assertThat(negotiated.head().flatMap(head -> head.first("WWW-Authenticate")))
                .hasValueSatisfying(asked -> assertThat(asked).startsWith("Basic realm=\"hubs\""));
        assertThat(connect(transport, "x")).isEqualTo(401);
    }

    private static void tell(String user, String text) {
        signalR.hubs()
                .connectionManager()
                .hubContext(Members.class)
                .clients()
                .user(user)
                .invoke("told", text)
                .toCompletableFuture()
                .join();
    }

    private static RawExchange negotiate(String hub, String header) {
        return Requests.to(tomcat.port()).get("/signalr/negotiate?clientProtocol=2.1&" + data(hub), header);
    }

    /** The status alone; a WebSocket asks for its upgrade. */
    private static int connect(TestTransport transport, String token, String... headers) {
        String query = Requests.query(transport, token).replace(Requests.CONNECTION_DATA, data("members"));
        return Requests.to(tomcat.port()).open(transport, "/signalr/connect?" + query, headers);
    }

    private static String data(String hub) {
        return "connectionData=" + Percent.encode("[{\"name\":\"" + hub + "\"}]");
    }

    private static SignalRTestClient started(TestTransport transport, String user, String... hubs) {
        return SignalRTestClient.start(ClientOptions.to("127.0.0.1", tomcat.port())
                .withTransport(transport)
                .withHubs(hubs)
                .withHeader(authorization(user)));
    }

    private static String authorization(String user) {
        String credentials = user + ":of-" + user;
        return "Authorization: Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }
}
