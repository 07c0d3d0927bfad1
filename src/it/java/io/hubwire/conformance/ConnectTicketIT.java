package io.hubwire.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.conformance.Requests.Refusal;
import io.hubwire.kit.LogAudit;
import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.RawExchange;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.push.kit.MovableClock;
import io.hubwire.signalr.connection.ConnectTicketConfig;
import io.hubwire.signalr.connection.ConnectTickets;
import io.hubwire.signalr.connection.SpentTickets.Outcome;
import io.hubwire.signalr.hosting.ExpiringPrincipal;
import io.hubwire.signalr.hub.Authorize;
import io.hubwire.signalr.hub.Hub;
import io.hubwire.signalr.hub.HubConfiguration;
import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.metrics.Gauge;
import io.hubwire.signalr.metrics.Limit;
import io.hubwire.signalr.security.ConnectTicket;
import io.hubwire.signalr.security.KeyRing;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Connect tickets over HTTP, on every transport. */
class ConnectTicketIT {
    private static final String PAGE = "http://localhost";
    private static final Duration LIFETIME = Duration.ofSeconds(30);
    private static final Duration CREDENTIALS = Duration.ofHours(8);
    private static final String VAULT = "connectionData=%5B%7B%22name%22%3A%22vault%22%7D%5D";
    private static final String OTHER_USER =
            "Unrecognized user identity.  The user identity cannot change during an active SignalR connection.";

    @Authorize
    public static class Vault extends Hub {

        /** Who calls, by what is known of the caller. */
        public String whoAmI() {
            Principal user = context().user().orElseThrow();
            return user.getName() + " " + context().request().isUserInRole("keeper") + " "
                    + context().claims("department") + " " + (user instanceof ExpiringPrincipal);
        }
    }

    private final MovableClock clock = new MovableClock();
    private final KeyRing keys = KeyRing.random();
    private HubServer server;
    private LogAudit log;

    @BeforeEach
    void start() {
        log = new LogAudit();
        server = start(config(100));
    }

    private ConnectTicketConfig config(int maxSpent) {
        return new ConnectTicketConfig(LIFETIME, maxSpent, (id, until) -> Outcome.FIRST, holder -> false, clock);
    }

    private HubServer start(ConnectTicketConfig config) {
        return HubServer.start(
                "",
                settings -> settings.hubs("/signalr", HubConfiguration.defaults())
                        .keys(keys)
                        .connectTickets(config),
                context -> {},
                List.of(Vault.class));
    }

    @AfterEach
    void stop() {
        server.close();
        log.close();
        assertThat(log.records()).isEmpty();
    }

    private ConnectTickets tickets() {
        return server.connectTickets();
    }

    private String ticket() {
        return ticket("alice", PAGE);
    }

    private String ticket(String user, String origin) {
        var holder = new ConnectTicket.Holder(
                user,
                Set.of("keeper"),
                Map.of("department", List.of("sales", "law")),
                clock.instant().plus(CREDENTIALS));
        return tickets().issue(holder, origin).ticket();
    }

    private Requests requests() {
        return Requests.to(server.port());
    }

    private static Refusal answer(RawExchange exchange) {
        return new Refusal(exchange.status(), exchange.body());
    }

    private Refusal negotiate(String ticket, String... headers) {
        return answer(requests().get("/signalr/negotiate?clientProtocol=2.1&" + VAULT + "&ticket=" + ticket, headers));
    }

    private static String query(TestTransport transport, String connectionToken) {
        return Requests.query(transport, connectionToken).replace("echohub", "vault");
    }

    private ClientOptions client(TestTransport transport, String ticket) {
        return ClientOptions.to("127.0.0.1", server.port())
                .withTransport(transport)
                .withHubs("vault")
                .withPatience(Duration.ofSeconds(20))
                .withQuery("ticket", ticket);
    }

    /* --- a connection's life --- */

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void ticket_carriesAConnectionThroughItsWholeLife(TestTransport transport) {
        try (SignalRTestClient page = SignalRTestClient.start(client(transport, ticket()))) {
            assertThat(page.invoke("vault", "whoAmI").result()).contains("\"alice true [sales, law] true\"");
            // long after the ticket could be redeemed
            clock.advance(CREDENTIALS.minusMinutes(1));
            page.reconnect();
            // an abort before it is there would not count
            await().atMost(Requests.PATIENCE).until(() -> server.metrics().value(Counter.CONNECTIONS_RECONNECTED) == 1);

            assertThat(page.ping()).isTrue();
            assertThat(page.invoke("vault", "whoAmI").result()).contains("\"alice true [sales, law] true\"");
            page.abort();
        }
    }

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void ticketWhoseCredentialsExpire_isRefusedFromThenOn(TestTransport transport) {
        String ticket = ticket();
        try (SignalRTestClient page = SignalRTestClient.start(client(transport, ticket))) {
            String query = query(transport, page.negotiation().connectionToken()) + "&ticket=" + ticket;
            page.abort();
            clock.advance(CREDENTIALS);

            assertThat(requests().opened(transport, "/signalr/reconnect?" + query))
                    .isEqualTo(new Refusal(401, "The credentials behind the connect ticket are no longer good."));
        }
    }

    /* --- one time --- */

    @Test
    void secondNegotiation_isRefused() {
        String ticket = ticket();

        assertThat(negotiate(ticket).status()).isEqualTo(200);
        assertThat(negotiate(ticket)).isEqualTo(new Refusal(401, "The connect ticket has been used before."));
        assertThat(server.metrics().value(Gauge.CONNECT_TICKETS_SPENT)).isEqualTo(1);
    }

    @Test
    void negotiationOfWhatTheUserMayNot_spendsNothing() {
        String ticket = ticket();
        requests().get("/signalr/ping?ticket=" + ticket);
        requests().get("/signalr/hubs?ticket=" + ticket);

        assertThat(negotiate(ticket).status()).isEqualTo(200);
    }

    @Test
    void negotiationAfterTheLifetime_isRefused() {
        String ticket = ticket();
        clock.advance(LIFETIME);

        assertThat(negotiate(ticket)).isEqualTo(new Refusal(401, "The connect ticket has expired."));
    }

    @Test
    void ticketsBeyondTheLimit_areRefusedUntilOthersExpire() {
        server.close();
        server = start(config(2));
        String third = ticket();
        assertThat(negotiate(ticket()).status()).isEqualTo(200);
        assertThat(negotiate(ticket()).status()).isEqualTo(200);

        assertThat(negotiate(third)).isEqualTo(new Refusal(503, "The server has no room for another connect ticket."));
        assertThat(server.metrics().refusals(Limit.SPENT_TICKETS)).isEqualTo(1);

        clock.advance(LIFETIME);
        assertThat(negotiate(ticket()).status()).isEqualTo(200);
        assertThat(server.metrics().value(Gauge.CONNECT_TICKETS_SPENT)).isEqualTo(1);
    }

    /* --- its own connection --- */

    static Stream<Arguments> operationsOnAllTransports() {
        return Stream.of("connect", "reconnect", "poll", "start", "send", "abort")
                .flatMap(operation ->
                        Stream.of(TestTransport.values()).map(transport -> Arguments.of(operation, transport)));
    }

    @ParameterizedTest
    @MethodSource("operationsOnAllTransports")
    void tokenOfAnotherConnection_isRefused(String operation, TestTransport transport) {
        String stolen = ticket();
        String victims = requests()
                .get("/signalr/negotiate?" + VAULT + "&ticket=" + ticket())
                .body()
                .replaceAll(".*\"ConnectionToken\":\"([^\"]+)\".*", "$1");
        String target = "/signalr/" + operation + "?" + query(transport, victims) + "&ticket=" + stolen;

        Refusal refusal = Set.of("start", "send", "abort").contains(operation)
                ? answer(requests().get(target))
                : requests().opened(transport, target);

        assertThat(refusal).isEqualTo(new Refusal(403, OTHER_USER));
    }

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void tokenWithoutItsTicket_isRefused(TestTransport transport) {
        try (SignalRTestClient page = SignalRTestClient.start(client(transport, ticket()))) {
            String query = query(transport, page.negotiation().connectionToken());

            assertThat(requests().open(transport, "/signalr/reconnect?" + query))
                    .isEqualTo(401);
            page.abort();
        }
    }

    /* --- its own origin --- */

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void otherOrigin_isRefusedOnEveryOperation(TestTransport transport) {
        String ticket = ticket("alice", "http://127.0.0.1:" + server.port());
        String foreign = "Origin: https://evil.example";
        var refused = new Refusal(403, "The connect ticket was issued to another origin.");

        assertThat(negotiate(ticket, foreign)).isEqualTo(refused);
        try (SignalRTestClient page = SignalRTestClient.start(
                client(transport, ticket).withHeader("Origin: http://127.0.0.1:" + server.port()))) {
            String query = query(transport, page.negotiation().connectionToken()) + "&ticket=" + ticket;

            assertThat(requests().opened(transport, "/signalr/connect?" + query, foreign))
                    .isEqualTo(refused);
            assertThat(answer(requests().get("/signalr/send?" + query, foreign)))
                    .isEqualTo(refused);
            assertThat(answer(requests().get("/signalr/abort?" + query, "Origin: null")))
                    .isEqualTo(refused);
            page.abort();
        }
    }

    @Test
    void ticketOfAClientThatIsNoBrowser_isForNoPage() {
        String ticket = ticket("robot", null);

        assertThat(negotiate(ticket, "Origin: http://127.0.0.1:" + server.port())
                        .status())
                .isEqualTo(403);
        assertThat(negotiate(ticket).status()).isEqualTo(200);
    }

    /* --- what is no ticket --- */

    @Test
    void whatIsNoTicket_isRefused() {
        String good = ticket();

        for (String wrong :
                List.of("x", good + "A", good.substring(1), good + "&ticket=" + good, "%00", "A".repeat(3000))) {
            assertThat(negotiate(wrong)).isEqualTo(new Refusal(401, "The connect ticket is not valid."));
        }
        assertThat(negotiate("").status()).isEqualTo(401); // as anonymous: the hub wants somebody
    }

    @Test
    void withdrawnCredentials_areRefused() {
        server.close();
        server = start(config(100).withWithdrawn(holder -> holder.userName().equals("alice")));

        assertThat(negotiate(ticket()).status()).isEqualTo(401);
        assertThat(negotiate(ticket("bob", PAGE)).status()).isEqualTo(200);
    }

    @Test
    void ticket_outsideOfTheMappedPaths_meansNothing() {
        assertThat(requests().get("/elsewhere?ticket=x").status()).isEqualTo(200);
    }

    /* --- farm --- */

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void otherNode_servesTheConnection(TestTransport transport) {
        String ticket = ticket();
        try (HubServer other = start(config(100));
                SignalRTestClient page = SignalRTestClient.start(client(transport, ticket))) {
            String query = query(transport, page.negotiation().connectionToken()) + "&ticket=" + ticket;

            Refusal open = Requests.to(other.port()).opened(transport, "/signalr/connect?" + query);

            assertThat(open.status()).isEqualTo(transport == TestTransport.WEB_SOCKETS ? 101 : 200);
            assertThat(Requests.to(other.port())
                            .send("POST", "/signalr/abort?" + query)
                            .status())
                    .isEqualTo(200);
            page.abort();
        }
    }

    @Test
    void otherNode_knowsWhatIsSpent_onlyWhereItIsShared() {
        Set<String> ids = ConcurrentHashMap.newKeySet();
        ConnectTicketConfig sharing =
                config(100).withShared((id, until) -> ids.add(id) ? Outcome.FIRST : Outcome.AGAIN);
        String target = "/signalr/negotiate?" + VAULT + "&ticket=";
        try (HubServer alone = start(config(100));
                HubServer one = start(sharing);
                HubServer two = start(sharing)) {
            String ticket = ticket();

            assertThat(Requests.to(one.port()).get(target + ticket).status()).isEqualTo(200);
            assertThat(Requests.to(two.port()).get(target + ticket).status()).isEqualTo(401);
            assertThat(Requests.to(alone.port()).get(target + ticket).status()).isEqualTo(200);
        }
    }
}
