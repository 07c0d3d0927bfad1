package io.hubwire.conformance;

import static io.hubwire.conformance.Requests.PATIENCE;
import static io.hubwire.conformance.Requests.query;
import static io.hubwire.kit.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.conformance.RawConnection.Answer;
import io.hubwire.kit.LogAudit;
import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.Negotiation;
import io.hubwire.kit.client.Percent;
import io.hubwire.kit.client.RawExchange;
import io.hubwire.kit.client.RawHttpRequest;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.signalr.hub.HubConfiguration;
import io.hubwire.signalr.metrics.Gauge;
import io.hubwire.signalr.metrics.Limit;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP as clients, proxies and attackers really send it (protocol §1.5, §1.6), byte by byte to embedded Tomcat. */
class HttpVectorsIT {
    private static final String CONNECTION_DATA = "connectionData=%5B%7B%22name%22%3A%22redirecttesthub%22%7D%5D";
    private static final int GREATEST_BODY = 1 << 20;
    private static final int GREATEST_QUERY = 65_536;
    private static final int GREATEST_HEAD = 100_000;
    private static final int MOST_PAIRS = 1000;
    private static final String PONG = "{ \"Response\": \"pong\" }";

    private static HubServer server;
    private static Requests requests;

    private LogAudit log;

    @BeforeAll
    static void startServer() {
        server = HubServer.start(settings -> settings.hubs("/signalr", HubConfiguration.defaults()));
        server.allowHeadsOf(GREATEST_HEAD);
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
    void nothingIsLogged_andNothingIsLeft() {
        soon("the end of all requests").until(() -> server.asyncRequests() == 0);
        soon("the end of all connections").until(() -> server.metrics().value(Gauge.CONNECTIONS_CURRENT) == 0);
        log.close();
        assertThat(log.records()).isEmpty();
    }

    private static String negotiatedToken() {
        RawExchange exchange = requests.get("/signalr/negotiate?clientProtocol=2.1&" + CONNECTION_DATA);
        return new Negotiation(JsonText.parse(exchange.body())).connectionToken();
    }

    /** The query of a connected client of this server's hub. */
    private static String queryOf(String transport, String token) {
        return query(transport, token).replace(Requests.CONNECTION_DATA, CONNECTION_DATA);
    }

    private static String newQuery() {
        return queryOf("longPolling", negotiatedToken());
    }

    private static String call(String argument) {
        return "{\"H\":\"redirecttesthub\",\"M\":\"echoReturn\",\"A\":[" + JsonText.write(argument) + "],\"I\":0}";
    }

    private static String form(String argument) {
        return "data=" + Percent.encode(call(argument));
    }

    private static String sendTarget(String transport) {
        return "/signalr/send?" + queryOf(transport, negotiatedToken());
    }

    private static String head(String method, String target, String... headers) {
        return Stream.concat(Stream.of(method + " " + target + " HTTP/1.1", "Host: localhost"), Stream.of(headers))
                .collect(Collectors.joining("\r\n", "", "\r\n\r\n"));
    }

    private static String post(String target, String body) {
        return head("POST", target, "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length) + body;
    }

    private static Answer answer(String request) throws IOException {
        try (RawConnection connection = new RawConnection(server.port())) {
            return connection.send(request).answer();
        }
    }

    private static void abort(String query) {
        assertThat(requests.send("POST", "/signalr/abort?" + query).status()).isEqualTo(200);
    }

    // --- bodies ---

    static Stream<Arguments> bodies() {
        List<Optional<String>> types = List.of(
                Optional.empty(),
                Optional.of(RawHttpRequest.FORM),
                Optional.of("application/x-www-form-urlencoded; charset=ISO-8859-1"),
                Optional.of("text/plain"),
                Optional.of("text/plain; charset=utf-16"),
                Optional.of("application/json; charset=UTF-8"),
                Optional.of("multipart/form-data"),
                Optional.of("nonsense"));
        return Stream.of("serverSentEvents", "foreverFrame", "longPolling")
                .flatMap(transport -> types.stream().map(type -> Arguments.of(transport, type)));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void send_withAnyContentTypeOrNone_readsTheForm(String transport, Optional<String> type) {
        RawHttpRequest request = RawHttpRequest.post(sendTarget(transport)).body(form("é + % & ; \u20ac"));

        RawExchange exchange = requests.call(
                type.map(value -> request.header("Content-Type: " + value)).orElse(request));

        assertThat(exchange.status()).isEqualTo(200);
        assertThat(exchange.body()).isEqualTo("{\"R\":\"é + % & ; \u20ac\",\"I\":\"0\"}");
    }

    static Stream<Arguments> forms() {
        String data = form("a+b c");
        return Stream.of(
                Arguments.of(data + "&", "a+b c"),
                Arguments.of("&&" + data + "&&", "a+b c"),
                Arguments.of("x=1&" + data + "&y", "a+b c"),
                Arguments.of("DATA" + data.substring(4), "a+b c"),
                Arguments.of("%64ata" + data.substring(4), "a+b c"),
                Arguments.of("data=" + call("a;b"), "a;b"),
                Arguments.of("data=" + call("é"), "é"),
                Arguments.of(form("x").replace("x", "a%2Bb+c"), "a+b c"),
                Arguments.of("data=" + call("50%"), "50%"));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void send_ofAnUntidyForm_isRead(String body, String arrived) {
        RawExchange exchange =
                requests.call(RawHttpRequest.post(sendTarget("longPolling")).body(body));

        assertThat(exchange.body()).isEqualTo("{\"R\":" + JsonText.write(arrived) + ",\"I\":\"0\"}");
    }

    @Test
    void send_chunked_isRead() throws IOException {
        String body = form("chunk by chunk");
        StringBuilder chunks = new StringBuilder();
        for (int at = 0; at < body.length(); at += 7) {
            String piece = body.substring(at, Math.min(at + 7, body.length()));
            chunks.append(Integer.toHexString(piece.length()))
                    .append(";ext=1\r\n")
                    .append(piece)
                    .append("\r\n");
        }

        Answer answer = answer(head("POST", sendTarget("longPolling"), "Transfer-Encoding: chunked") + chunks
                + "0\r\nTrailer-X: y\r\n\r\n");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"R\":\"chunk by chunk\",\"I\":\"0\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serverSentEvents", "foreverFrame", "longPolling"})
    void send_withoutData_isAServerErrorAsForAnyMalformedCall(String transport) {
        for (String body : new String[] {"", "data=", "data", "x=1"}) {
            RawExchange exchange =
                    requests.call(RawHttpRequest.post(sendTarget(transport)).body(body));

            assertThat(exchange.status()).as(body).isEqualTo(500);
            assertThat(exchange.body()).isEmpty();
        }
    }

    @Test
    void poll_byPost_readsCursorAndGroupsFromAFormWithoutType() {
        String query = newQuery();
        String cursor = JsonText.parse(
                        requests.send("POST", "/signalr/connect?" + query).body())
                .get("C")
                .orElseThrow()
                .text();

        try (RawExchange poll = requests.http()
                .open(RawHttpRequest.post("/signalr/poll?" + query)
                        .body("messageId=" + Percent.encode(cursor) + "&"))) {
            assertThat(poll.awaitHead(PATIENCE)).isTrue();
            abort(query);
            poll.awaitEnd(PATIENCE);
            assertThat(poll.body().strip()).matches("\\{\"C\":\"[^\"]+\",\"M\":\\[\\]\\}");
        }
    }

    @Test
    void expect100Continue_isToldToGoOn() throws IOException {
        String body = form("later");
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.send(head(
                    "POST", sendTarget("longPolling"), "Expect: 100-continue", "Content-Length: " + body.length()));
            assertThat(connection.head().status()).isEqualTo(100);

            assertThat(connection.send(body).answer().body()).isEqualTo("{\"R\":\"later\",\"I\":\"0\"}");
        }
    }

    @Test
    void expect100Continue_whereTheRequestIsRefused_isRefusedWithoutTheBody() throws IOException {
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.send(
                    head("POST", "/signalr/send?transport=bogus", "Expect: 100-continue", "Content-Length: 100"));
            // Tomcat says "go on" before anybody is asked, unless its connector is told otherwise.
            assertThat(connection.head().status()).isEqualTo(100);

            assertThat(connection.answer().body()).isEqualTo("Protocol error: Unknown transport.");
        }
    }

    // --- limits ---

    @Test
    void body_ofTheGreatestLength_isRead_andOneByteMoreIsRefused() throws IOException {
        String before = "data=" + Percent.encode(call("x")) + "&pad=";
        String longest = before + "p".repeat(GREATEST_BODY - before.length());

        assertThat(answer(post(sendTarget("longPolling"), longest)).body()).isEqualTo("{\"R\":\"x\",\"I\":\"0\"}");
        Answer refused = answer(post(sendTarget("longPolling"), longest + "p"));
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.body()).isEqualTo("The request body is longer than 1048576 bytes.");
    }

    @Test
    void body_thatIsAnnouncedTooLong_isRefusedBeforeItComes() throws IOException {
        Answer refused = answer(head("POST", sendTarget("longPolling"), "Content-Length: 9000000000"));

        assertThat(refused.status()).isEqualTo(413);
    }

    @Test
    void body_chunkedWithoutEnd_isRefusedAtTheLimit() throws IOException {
        String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.send(head("POST", sendTarget("longPolling"), "Transfer-Encoding: chunked"));
            sendUntilRefused(connection, chunk);

            assertThat(connection.answer().status()).isEqualTo(413);
        }
    }

    private static void sendUntilRefused(RawConnection connection, String chunk) throws IOException {
        try {
            for (int sent = 0; sent <= 2 * GREATEST_BODY; sent += chunk.length()) {
                connection.send(chunk);
            }
        } catch (SocketException alreadyRefused) {
            return;
        }
    }

    @Test
    void query_ofTheGreatestLength_isRead_andOneCharacterMoreIsRefused() {
        String longest = "a=" + "x".repeat(GREATEST_QUERY - 2);

        assertThat(requests.get("/signalr/ping?" + longest).body()).isEqualTo(PONG);
        RawExchange refused = requests.get("/signalr/ping?" + longest + "x");
        assertThat(refused.status()).isEqualTo(414);
        assertThat(refused.body()).isEqualTo("The query is longer than 65536 characters.");
        assertThat(server.metrics().refusals(Limit.QUERY_LENGTH)).isPositive();
        assertThat(Requests.isNosniff(refused)).isTrue();
    }

    @Test
    void query_withTooManyPairs_isRefused() {
        String most =
                IntStream.range(0, MOST_PAIRS).mapToObj(i -> "a=" + i % 10).collect(Collectors.joining("&"));

        assertThat(requests.get("/signalr/ping?" + most).body()).isEqualTo(PONG);
        RawExchange refused = requests.get("/signalr/ping?" + most + ";a=1");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).isEqualTo("The request has more than 1000 parameters.");
    }

    @Test
    void form_withTooManyPairs_isRefused() {
        String most = form("x") + "&a=".repeat(MOST_PAIRS - 1);

        assertThat(requests.call(RawHttpRequest.post(sendTarget("longPolling")).body(most))
                        .status())
                .isEqualTo(200);
        assertThat(requests.call(RawHttpRequest.post(sendTarget("longPolling")).body(most + "&a="))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void head_aboveTheContainersLimit_isA400OfTheContainer() {
        RawExchange refused = requests.get("/signalr/ping", "X-Long: " + "x".repeat(GREATEST_HEAD));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).doesNotContain("Exception", "\tat ");
    }

    // --- targets ---

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"name\":\"redirecttesthub\"}]",
                "[%7B%22Name%22:%22RedirectTestHub%22%7D]",
                "[{\"name\":\"redirecttesthub\",\"x\":\"|^`<>\\\\\"}]",
                "%5b%7b%22name%22%3a%22redirecttesthub%22%7d%5d"
            })
    void connectionData_rawOrEncoded_isTheSame(String connectionData) {
        RawExchange exchange = requests.get("/signalr/negotiate?clientProtocol=2.1&connectionData=" + connectionData);

        assertThat(exchange.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void tokenAndConnectionData_encodedTwice_areRead(TestTransport transport) {
        String token = negotiatedToken();
        String query = queryOf(transport.wireName(), token)
                .replace(
                        CONNECTION_DATA,
                        "connectionData=" + Percent.encode(CONNECTION_DATA.split("=", -1)[1]))
                .replace(token, everyCharacterEncoded(token));

        assertThat(requests.open(transport, "/signalr/connect?" + query))
                .isEqualTo(transport == TestTransport.WEB_SOCKETS ? 101 : 200);
        abort(query);
        assertThat(Percent.encode(Percent.encode(token))).isEqualTo(token);
    }

    private static String everyCharacterEncoded(String text) {
        return text.chars().mapToObj(c -> String.format("%%%02x", c)).collect(Collectors.joining());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/signalr/ping",
                "/signalr//ping",
                "/signalr///x//ping",
                "/signalr/js/ping",
                "/%73ignalr/ping",
                "/signalr/pin%67",
                "/signalr/%C3%A9/ping",
                "/signalr;jsessionid=A1/ping;jsessionid=A1.node",
                "/signalr;v=1;w/ping;",
                "/SIGNALR/ping?x=1;y=2;z",
                "/signalr/ping?%",
                "/signalr/ping?a=%zz&%=1&=&&;;",
                "/signalr/ping?a=b=c&a",
                "/signalr/ping?"
            })
    void target_howeverSpelt_isServed(String target) {
        RawExchange exchange = requests.get(target);

        assertThat(exchange.status()).isEqualTo(200);
        assertThat(exchange.body()).isEqualTo(PONG);
    }

    @Test
    void sessionId_inThePath_isNotInTheUrl() {
        assertThat(requests.get("/signalr;jsessionid=A1/negotiate;jsessionid=A1")
                        .body())
                .startsWith("{\"Url\":\"/signalr\",");
    }

    @Test
    void absoluteForm_isServed() throws IOException {
        Answer answer = answer(head("GET", "http://localhost/signalr/ping?x=1"));

        assertThat(answer.body()).isEqualTo(PONG);
    }

    /** Containers guard paths in their normal form; a mapping that is found by another form would be a way around. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/signalr/../signalr/ping",
                "/signalr/./ping",
                "/signalr/x/../ping",
                "/signalr/%2e%2e/signalr/ping",
                "/signalr/.%2E/ping",
                "/signalr/..;x=1/ping",
                "/signalr/ping/..",
                "/signalr/../other"
            })
    void dotSegments_underAMapping_areRefused(String target) {
        RawExchange exchange = requests.get(target);

        assertThat(exchange.status()).isEqualTo(400);
        assertThat(exchange.body()).isEqualTo("The path must not have dot segments.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/signalr%2Fping",
                "/signalr/%2Fping",
                "/signalr\\ping",
                "/signalr/%5Cping",
                "/signalr/%00/ping",
                "/signalr/\u0001/ping",
                "/signalr/%zz/ping",
                "/../signalr/ping",
                "signalr/ping",
                "/signalr/ping?a=\u0001",
            })
    void target_thatTheContainerDoesNotTake_isAClean400(String target) {
        RawExchange exchange = requests.get(target);

        assertThat(exchange.status()).isEqualTo(400);
        assertThat(exchange.body()).doesNotContain("pong", "Exception", "\tat ");
    }

    // --- names ---

    @ParameterizedTest
    @CsvSource({
        "clientProtocol=1.5, 1.5",
        "CLIENTPROTOCOL=1.5, 1.5",
        "client%50rotocol=1.5, 1.5",
        "clientProtocol=1.5&clientProtocol=1.5, 1.2",
        "clientProtocol=1.5&ClientProtocol=2.0, 1.2",
        "clientProtocol=1&clientprotocol=, 1.2",
        "x=1;clientProtocol=1.5;y=2, 1.5",
        "clientProtocol=+1.5, 1.2"
    })
    void names_twiceOrInAnyCase_areJoined(String query, String version) {
        assertThat(new Negotiation(JsonText.parse(
                                requests.get("/signalr/negotiate?" + query).body()))
                        .protocolVersion())
                .isEqualTo(version);
    }

    @Test
    void transport_twice_isNone() {
        String query = newQuery();

        assertThat(requests.get("/signalr/connect?" + query + "&Transport=longPolling")
                        .body())
                .isEqualTo("Protocol error: Unknown transport.");
        assertThat(requests.get("/signalr/connect?" + query + "&connectiontoken=x")
                        .body())
                .isEqualTo("The ConnectionId is in the incorrect format.");
    }

    @Test
    void data_twice_isJoined_andSoNoCall() {
        RawExchange exchange = requests.call(
                RawHttpRequest.post(sendTarget("longPolling")).body(form("a") + "&DATA=" + Percent.encode(call("b"))));

        assertThat(exchange.status()).isEqualTo(500);
    }

    // --- methods ---

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "get"})
    void everyOperation_byAnyMethod_isTheSame(String method) {
        String query = newQuery();

        assertThat(requests.send(method, "/signalr/connect?" + query).body())
                .matches("\\{\"C\":\"[^\"]+\",\"S\":1,\"M\":\\[\\]\\}");
        assertThat(requests.send(method, "/signalr/start?" + query).body()).isEqualTo("{ \"Response\": \"started\" }");
        assertThat(requests.send(method, "/signalr/ping").body()).isEqualTo(PONG);
        assertThat(requests.send(method, "/signalr/send?" + query + "&" + form("q"))
                        .body())
                .isEqualTo("{\"R\":\"q\",\"I\":\"0\"}");
        assertThat(requests.call(new RawHttpRequest(
                                method,
                                "/signalr/send?" + query,
                                List.of(),
                                form("b").getBytes(StandardCharsets.UTF_8)))
                        .body())
                .isEqualTo("{\"R\":\"b\",\"I\":\"0\"}");
        RawExchange abort = requests.send(method, "/signalr/abort?" + query);
        assertThat(abort.status()).isEqualTo(200);
        assertThat(abort.body()).isEmpty();
        assertThat(Requests.contentType(abort)).startsWith("text/plain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serverSentEvents", "foreverFrame"})
    void streams_byPost_areOpened(String transport) {
        String query = queryOf(transport, negotiatedToken());

        try (RawExchange stream = requests.http().open(RawHttpRequest.post("/signalr/connect?" + query))) {
            assertThat(stream.awaitBody(body -> body.contains("\"S\":1"), PATIENCE))
                    .isTrue();
            abort(query);
            stream.awaitEnd(PATIENCE);
        }
    }

    @Test
    void trace_isTheContainersToRefuse() {
        assertThat(requests.send("TRACE", "/signalr/ping").status()).isEqualTo(405);
    }

    // --- connections ---

    @Test
    void pipelinedRequests_areAnsweredInTheirOrder() throws IOException {
        String query = newQuery();
        String send = "/signalr/send?" + query;
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.send(head("GET", "/signalr/connect?" + query)
                    + post(send, form("one"))
                    + head("GET", "/signalr/ping")
                    + post(send, form("two"))
                    + head("GET", "/signalr/ping?" + "x=".repeat(MOST_PAIRS))
                    + post("/signalr/abort?" + query, "")
                    + head("GET", "/signalr/nothing"));

            assertThat(connection.answer().body()).contains("\"S\":1");
            assertThat(connection.answer().body()).isEqualTo("{\"R\":\"one\",\"I\":\"0\"}");
            assertThat(connection.answer().body()).isEqualTo(PONG);
            assertThat(connection.answer().body()).isEqualTo("{\"R\":\"two\",\"I\":\"0\"}");
            assertThat(connection.answer().body()).isEqualTo(PONG);
            assertThat(connection.answer().status()).isEqualTo(200);
            assertThat(connection.answer().body()).isEqualTo("Protocol error: Unknown transport.");
        }
    }

    @Test
    void http10_isServed_onEveryTransportButWebSockets() throws IOException {
        String query = newQuery();
        String closing = " HTTP/1.0\r\n\r\n";

        assertThat(answer("GET /signalr/ping" + closing).body()).isEqualTo(PONG);
        assertThat(answer("GET /signalr/connect?" + query + closing).body()).contains("\"S\":1");
        assertThat(answer("POST /signalr/send?" + query + " HTTP/1.0\r\nContent-Length: "
                                + form("x").length() + "\r\n\r\n" + form("x"))
                        .body())
                .isEqualTo("{\"R\":\"x\",\"I\":\"0\"}");
        abort(query);
        for (String transport : List.of("serverSentEvents", "foreverFrame")) {
            assertThat(streamOverHttp10(queryOf(transport, negotiatedToken()))).contains("\"S\":1");
        }
    }

    /** The whole stream, up to the end that an abort makes. */
    private static String streamOverHttp10(String query) throws IOException {
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.send("GET /signalr/connect?" + query + " HTTP/1.0\r\n\r\n");
            assertThat(connection.head().status()).isEqualTo(200);
            String begun = connection.until("\"S\":1"); // an abort before that would not count
            abort(query);
            return begun + connection.rest();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\r\n\r\n", "GET\r\n\r\n", "GET /signalr/ping HTTP/9.9\r\n\r\n", "\u0000\u0001\u0002\r\n\r\n"})
    void garbage_isAClean4xxOr5xx_orAClosedConnection(String bytes) throws IOException {
        try (RawConnection connection = new RawConnection(server.port())) {
            String answer = connection
                    .send(bytes + "GET /signalr/ping HTTP/1.0\r\n\r\n")
                    .rest();

            assertThat(answer).doesNotContain("Exception", "\tat ");
        }
    }
}
