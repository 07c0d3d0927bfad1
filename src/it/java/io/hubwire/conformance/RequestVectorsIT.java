package io.hubwire.conformance;

import static io.hubwire.conformance.Requests.contentType;
import static io.hubwire.conformance.Requests.isNosniff;
import static io.hubwire.conformance.Requests.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.captures.fixture.FixtureOptions;
import io.hubwire.captures.fixture.FixtureServer;
import io.hubwire.conformance.Requests.Refusal;
import io.hubwire.kit.LogAudit;
import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.Percent;
import io.hubwire.kit.client.RawExchange;
import io.hubwire.kit.client.RawHttpRequest;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors V18 to V28 (protocol §18.2), each for every operation and transport that it concerns. */
class RequestVectorsIT {
    private static final Refusal UNKNOWN_TRANSPORT = new Refusal(400, "Protocol error: Unknown transport.");
    private static final Refusal MISSING_TOKEN = new Refusal(400, "Protocol error: Missing connection token.");
    private static final Refusal BAD_TOKEN = new Refusal(400, "The ConnectionId is in the incorrect format.");
    private static final Refusal OTHER_USER = new Refusal(
            403, "Unrecognized user identity.  The user identity cannot change during an active SignalR connection.");
    private static final Refusal NO_UPGRADE = new Refusal(400, "Not a valid web socket request.");

    private static FixtureServer server;
    private static Requests requests;

    private LogAudit log;

    @BeforeAll
    static void startServer() {
        server = FixtureServer.start(FixtureOptions.defaults());
        requests = Requests.to(server.port());
    }

    @AfterAll
    static void stopServer() {
        server.close();
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

    private static final List<String> RECEIVING = List.of("connect", "reconnect", "poll", "anything");
    private static final List<String> OPERATIONS = Stream.concat(
                    RECEIVING.stream(), Stream.of("start", "send", "abort"))
            .toList();

    static Stream<String> operations() {
        return OPERATIONS.stream();
    }

    static Stream<Arguments> operationsOnAllTransports() {
        return OPERATIONS.stream().flatMap(operation -> Stream.of(TestTransport.values())
                .map(transport -> Arguments.of(operation, transport)));
    }

    /** Asks for a refusal: a receive request by upgrade where the transport wants one. */
    private static Refusal refusal(String operation, TestTransport transport, String query, String... headers) {
        String target = "/signalr/" + operation + "?" + query;
        return RECEIVING.contains(operation)
                ? requests.opened(transport, target, headers)
                : refusal(requests.get(target, headers));
    }

    private static Refusal refusal(RawExchange exchange) {
        assertThat(contentType(exchange)).isEmpty();
        assertThat(isNosniff(exchange)).isTrue();
        return new Refusal(exchange.status(), exchange.body());
    }

    private static String token(String... headers) {
        return requests.negotiate("/signalr", headers).connectionToken();
    }

    // --- transport and token ---

    @Test
    void v18_barePath_isAReceiveRequestWithoutTransport() {
        assertThat(refusal(requests.get("/signalr"))).isEqualTo(UNKNOWN_TRANSPORT);
        assertThat(refusal(requests.get("/signalr/"))).isEqualTo(UNKNOWN_TRANSPORT);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void v19_transport_unknown_isRefusedBeforeTheToken(String operation) {
        String token = Percent.encode(token());

        for (String transport : List.of("transport=bogus&", "transport=&", "", "transport=webSockets,longPolling&")) {
            assertThat(refusal(requests.get("/signalr/" + operation + "?" + transport + "connectionToken=" + token)))
                    .isEqualTo(UNKNOWN_TRANSPORT);
            assertThat(refusal(requests.get("/signalr/" + operation + "?" + transport)))
                    .isEqualTo(UNKNOWN_TRANSPORT);
        }
    }

    @ParameterizedTest
    @MethodSource("operationsOnAllTransports")
    void v20_token_missing_isRefused(String operation, TestTransport transport) {
        String query = "transport=" + transport.wireName();

        assertThat(refusal(operation, transport, query)).isEqualTo(MISSING_TOKEN);
        assertThat(refusal(operation, transport, query + "&connectionToken=")).isEqualTo(MISSING_TOKEN);
    }

    @ParameterizedTest
    @MethodSource("operationsOnAllTransports")
    void v21_token_thatIsNone_isRefused(String operation, TestTransport transport) {
        String issued = token();
        List<String> wrong = List.of(
                "abc",
                issued.substring(1),
                issued.substring(0, issued.length() - 1),
                issued + "A",
                flipped(issued),
                issued + "," + issued,
                requests.negotiate("/signalr").connectionId(),
                "\u0000",
                "%",
                "A".repeat(5000));

        for (String token : wrong) {
            assertThat(refusal(operation, transport, query(transport, token)))
                    .as(token)
                    .isEqualTo(BAD_TOKEN);
        }
    }

    private static String flipped(String token) {
        int middle = token.length() / 2;
        char other = token.charAt(middle) == 'A' ? 'B' : 'A';
        return token.substring(0, middle) + other + token.substring(middle + 1);
    }

    // --- users ---

    @ParameterizedTest
    @MethodSource("operationsOnAllTransports")
    void v22_token_ofAnotherUser_isRefused(String operation, TestTransport transport) {
        String ofAlice = query(transport, token("X-User: alice"));
        String ofNobody = query(transport, token());

        assertThat(refusal(operation, transport, ofAlice)).isEqualTo(OTHER_USER);
        assertThat(refusal(operation, transport, ofAlice, "X-User: bob")).isEqualTo(OTHER_USER);
        assertThat(refusal(operation, transport, ofNobody, "X-User: alice")).isEqualTo(OTHER_USER);
    }

    /** Signing in, signing out and becoming somebody else while connected; the connection itself is none the worse. */
    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void v22_userChange_duringAConnection_isRefused(TestTransport transport) {
        for (String user : List.of("", "alice")) {
            ClientOptions options = ClientOptions.to("127.0.0.1", server.port())
                    .withTransport(transport)
                    .withHubs("echohub")
                    .withPatience(Requests.PATIENCE)
                    .withHeader("X-User: " + user);
            try (SignalRTestClient client = SignalRTestClient.start(options)) {
                String query = query(transport, client.negotiation().connectionToken());

                for (String operation : OPERATIONS) {
                    assertThat(refusal(operation, transport, query, "X-User: bob"))
                            .as(operation)
                            .isEqualTo(OTHER_USER);
                    assertThat(refusal(operation, transport, query, user.isEmpty() ? "X-User: alice" : "X-User: "))
                            .as(operation)
                            .isEqualTo(OTHER_USER);
                }
                assertThat(client.invoke("echohub", "joinGroup", "room").error())
                        .isEmpty();
                client.abort();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void v22_token_ofTheSameUserInAnotherCase_isAccepted(TestTransport transport) {
        assertAccepted(transport, query(transport, token("X-User: alice")), "X-User: ALICE");
    }

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void v23_userName_withColons_roundTrips(TestTransport transport) {
        String ofColons = query(transport, token("X-User: a:b:c"));

        assertAccepted(transport, ofColons, "X-User: a:b:c");
        assertThat(requests.open(transport, "/signalr/connect?" + ofColons, "X-User: a"))
                .isEqualTo(403);
        assertThat(requests.open(transport, "/signalr/connect?" + ofColons, "X-User: a:b"))
                .isEqualTo(403);
    }

    /** Opens and aborts, so that nothing is left for the time-outs. */
    private static void assertAccepted(TestTransport transport, String query, String... headers) {
        int opened = transport == TestTransport.WEB_SOCKETS ? 101 : 200;

        assertThat(requests.open(transport, "/signalr/connect?" + query, headers))
                .isEqualTo(opened);
        assertThat(requests.send("POST", "/signalr/abort?" + query, headers).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("operationsOnAllTransports")
    void v24_groupsToken_asConnectionToken_isRefused(String operation, TestTransport transport) {
        try (SignalRTestClient client = SignalRTestClient.start(
                ClientOptions.to("127.0.0.1", server.port()).withHubs("echohub"))) {
            client.invoke("echohub", "joinGroup", "room");
            client.awaitFrames(
                    frames -> frames.stream()
                            .anyMatch(frame -> frame.groupsToken().isPresent()),
                    "a groups token");
            String groupsToken = client.groupsToken().orElseThrow();

            assertThat(refusal(operation, transport, query(transport, groupsToken)))
                    .isEqualTo(BAD_TOKEN);
            client.abort();
        }
    }

    // --- names ---

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void v25_transport_inAnyCase_isTheSame(TestTransport transport) {
        for (String name : List.of(
                transport.wireName().toUpperCase(Locale.ROOT),
                transport.wireName().toLowerCase(Locale.ROOT))) {
            assertAccepted(transport, query(name, token()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "reconnect", "poll", "anything", "send"})
    void v26_webSockets_withoutAnUpgrade_isRefused(String operation) {
        String target = "/signalr/" + operation + "?" + query(TestTransport.WEB_SOCKETS, token());

        assertThat(refusal(requests.get(target))).isEqualTo(NO_UPGRADE);
        assertThat(refusal(requests.call(RawHttpRequest.form(target, "data=x"))))
                .isEqualTo(NO_UPGRADE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
            })
    void v26_webSockets_withHalfAnUpgrade_isRefused(String missing) {
        RawHttpRequest request = RawHttpRequest.get("/signalr/connect?" + query(TestTransport.WEB_SOCKETS, token()));
        for (String header : List.of(
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")) {
            request = header.equals(missing) ? request : request.header(header);
        }

        RawExchange exchange = requests.call(request);

        assertThat(exchange.status()).isEqualTo(400);
        assertThat(exchange.body()).isEqualTo("Not a valid web socket request.");
    }

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void v27_queryNames_inAnyCase_areTheSame(TestTransport transport) {
        String query = query(transport, token())
                .replace("connectionToken=", "CONNECTIONTOKEN=")
                .replace("transport=", "Transport=")
                .replace("connectionData=", "connectiondata=")
                .replace("clientProtocol=", "ClientPROTOCOL=")
                .replace("frameId=", "FRAMEID=");

        assertAccepted(transport, query);
    }

    // --- ping ---

    @ParameterizedTest
    @ValueSource(strings = {"/signalr/ping", "/signalr/PING", "/SignalR/Ping", "/signalr//ping", "/signalr/js/ping"})
    void v28_ping_isAnsweredByPong(String path) {
        RawExchange exchange = requests.get(path + "?_=1");

        assertThat(exchange.status()).isEqualTo(200);
        assertThat(contentType(exchange)).isEqualTo("application/json;charset=UTF-8");
        assertThat(isNosniff(exchange)).isTrue();
        assertThat(exchange.body()).isEqualTo("{ \"Response\": \"pong\" }");
    }

    @Test
    void v28_ping_withACallback_isWrapped() {
        RawExchange exchange = requests.get("/signalr/ping?callback=cb");

        assertThat(contentType(exchange)).isEqualTo("application/javascript;charset=UTF-8");
        assertThat(exchange.body()).isEqualTo("cb({ \"Response\": \"pong\" });");
    }
}
