package io.hubwire.conformance;

import static io.hubwire.conformance.Requests.PATIENCE;
import static io.hubwire.conformance.Requests.contentType;
import static io.hubwire.conformance.Requests.isNosniff;
import static io.hubwire.conformance.Requests.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.captures.fixture.FixtureOptions;
import io.hubwire.captures.fixture.FixtureServer;
import io.hubwire.kit.LogAudit;
import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.Negotiation;
import io.hubwire.kit.client.Percent;
import io.hubwire.kit.client.RawExchange;
import io.hubwire.kit.client.RawHttpRequest;
import io.hubwire.kit.client.TestTransport;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole conversation in scripts: negotiate, connect, start, poll, send, ping, abort, and every callback that is refused. */
class JsonpIT {
    private static final int LONGEST = 512;

    /** Callbacks that no operation may take. */
    static final Set<String> INVALID = new LinkedHashSet<>(Arrays.asList(
            "a b",
            " a",
            "a\t",
            "1a",
            "a.1",
            "if",
            "a.function.b",
            "this",
            "eval",
            "a..b",
            ".a",
            "a.",
            ".",
            "alert(1)",
            "alert;",
            "a,b",
            "cb,cb2",
            "a[0]",
            "a['b']",
            "a-b",
            "a=b",
            "a/b",
            "a//",
            "a/*",
            "a\nb",
            "a\r\nX: y",
            "a\u2028b",
            "a\u0000",
            "a\u200bb",
            "\ufeffa",
            "\u202ea",
            "\\u0061",
            "a%20b",
            "\"a\"",
            "`a`",
            "${a}",
            "<script>alert(1)</script>",
            "</script>",
            "&lt;a&gt;",
            "a&#40;1",
            "\uff11a",
            "CWS\u0007\u000e000x",
            "a".repeat(LONGEST + 1)));

    private static FixtureServer server;
    private static Requests requests;

    private LogAudit log;

    @BeforeAll
    static void startServer() {
        server = FixtureServer.start(new FixtureOptions(
                0,
                Duration.ofSeconds(6),
                Optional.of(Duration.ofSeconds(2)),
                Duration.ofSeconds(5),
                Duration.ZERO,
                Optional.empty(),
                true));
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

    private static String longPolling(Negotiation negotiation) {
        return query(TestTransport.LONG_POLLING, negotiation.connectionToken());
    }

    private static String scriptOf(RawExchange exchange, String callback) {
        assertThat(exchange.status()).isEqualTo(200);
        assertThat(contentType(exchange)).isEqualTo("application/javascript;charset=UTF-8");
        assertThat(isNosniff(exchange)).isTrue();
        assertThat(exchange.body()).startsWith(callback + "(").endsWith(");");
        return exchange.body().substring(callback.length() + 1, exchange.body().length() - 2);
    }

    private static String call(String method, String... arguments) {
        return "{\"H\":\"echohub\",\"M\":" + JsonText.write(method) + ",\"A\":" + JsonText.write(arguments)
                + ",\"I\":0}";
    }

    private static RawExchange connected(Negotiation negotiation) {
        RawExchange connect = requests.get("/signalr/connect?" + longPolling(negotiation) + "&callback=cb");
        requests.get("/signalr/start?" + longPolling(negotiation) + "&callback=cb");
        return connect;
    }

    private static String cursorOf(RawExchange poll) {
        return JsonText.parse(scriptOf(poll, "cb")).get("C").orElseThrow().text();
    }

    /** But the one that says "sniff", which has a reserved word in it. */
    static Stream<String> linesOfTheHead(RawExchange exchange) {
        return exchange.head().orElseThrow().lines().stream()
                .filter(line -> !line.equals("X-Content-Type-Options: nosniff"));
    }

    // --- a conversation ---

    @Test
    void conversation_allInScripts_works() {
        Negotiation negotiation = new Negotiation(
                JsonText.parse(scriptOf(requests.get("/signalr/negotiate?callback=n&clientProtocol=2.1"), "n")));
        String query = longPolling(negotiation);

        RawExchange connect = requests.get("/signalr/connect?" + query + "&callback=c");
        assertThat(scriptOf(connect, "c")).matches("\\{\"C\":\"[^\"]+\",\"S\":1,\"M\":\\[\\]\\}");
        assertThat(scriptOf(requests.get("/signalr/start?" + query + "&callback=s"), "s"))
                .isEqualTo("{ \"Response\": \"started\" }");

        String cursor =
                JsonText.parse(scriptOf(connect, "c")).get("C").orElseThrow().text();
        RawExchange poll = requests.http()
                .open(RawHttpRequest.get("/signalr/poll?" + query + "&callback=p&messageId=" + Percent.encode(cursor)));
        assertThat(poll.awaitHead(PATIENCE)).isTrue();
        assertThat(scriptOf(
                        requests.get("/signalr/send?" + query + "&callback=d&data="
                                + Percent.encode(call("sendToCaller", "<hi> \u2028 é"))),
                        "d"))
                .isEqualTo("{\"I\":\"0\"}");
        poll.awaitEnd(PATIENCE);
        assertThat(scriptOf(poll, "p"))
                .endsWith(",\"M\":[{\"H\":\"EchoHub\",\"M\":\"message\",\"A\":[\"<hi> \\u2028 é\"]}]}");

        RawExchange abort = requests.get("/signalr/abort?" + query + "&callback=a");
        assertThat(abort.status()).isEqualTo(200);
        assertThat(abort.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"q", "Übergröße", "名前.$x", "a.b.c.d", "ifx", "_", "$"})
    void callback_ofAnyIdentifiers_isTaken(String callback) {
        assertThat(scriptOf(requests.get("/signalr/ping?callback=" + Percent.encode(callback)), callback))
                .isEqualTo("{ \"Response\": \"pong\" }");
    }

    @Test
    void callback_ofTheGreatestLength_isTaken() {
        String callback = "c".repeat(LONGEST);

        assertThat(scriptOf(requests.get("/signalr/ping?callback=" + callback), callback))
                .isEqualTo("{ \"Response\": \"pong\" }");
    }

    @Test
    void callback_twice_isJoinedAndSoRefused() {
        assertThat(requests.get("/signalr/ping?callback=a&Callback=b").status()).isEqualTo(400);
    }

    // --- a poll ---

    @Test
    void poll_whileItWaits_writesNothingBeforeTheCall() {
        Negotiation negotiation = requests.negotiate("/signalr");
        String cursor = cursorOf(connected(negotiation));

        RawExchange poll = requests.get(
                "/signalr/poll?" + longPolling(negotiation) + "&callback=cb&messageId=" + Percent.encode(cursor));

        assertThat(poll.endedAfter()).isGreaterThan(Duration.ofSeconds(4));
        assertThat(scriptOf(poll, "cb")).matches("\\{\"C\":\"[^\"]+\",\"M\":\\[\\]\\}");
    }

    @Test
    void poll_thatIsReplaced_isAnsweredByACall() {
        Negotiation negotiation = requests.negotiate("/signalr");
        String target = "/signalr/poll?" + longPolling(negotiation) + "&callback=cb&messageId="
                + Percent.encode(cursorOf(connected(negotiation)));
        RawExchange first = requests.http().open(RawHttpRequest.get(target));
        assertThat(first.awaitHead(PATIENCE)).isTrue();

        try (RawExchange second = requests.http().open(RawHttpRequest.get(target))) {
            first.awaitEnd(PATIENCE);
            assertThat(scriptOf(first, "cb")).matches("\\{\"C\":\"[^\"]+\",\"M\":\\[\\]\\}");
            assertThat(second.awaitHead(PATIENCE)).isTrue();
        }
    }

    // --- a send ---

    @Test
    void v66_send_withACallback_wrapsTheResponse() {
        Negotiation negotiation = requests.negotiate("/signalr");
        connected(negotiation);

        RawExchange exchange = requests.get("/signalr/send?" + longPolling(negotiation) + "&callback=cb&data="
                + Percent.encode("{\"H\":\"echohub\",\"M\":\"Add\",\"A\":[2,3],\"I\":0}"));

        assertThat(scriptOf(exchange, "cb")).isEqualTo("{\"R\":5,\"I\":\"0\"}");
    }

    @Test
    void v66_send_ofACallThatFails_wrapsTheError() {
        Negotiation negotiation = requests.negotiate("/signalr");
        connected(negotiation);

        RawExchange exchange = requests.get("/signalr/send?" + longPolling(negotiation) + "&callback=cb&data="
                + Percent.encode(call("throwHubException")));

        assertThat(scriptOf(exchange, "cb")).startsWith("{\"I\":\"0\",\"H\":true,\"E\":");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serverSentEvents", "foreverFrame"})
    void send_ofAStream_ignoresTheCallback(String transport) {
        Negotiation negotiation = requests.negotiate("/signalr");

        RawExchange exchange = requests.call(RawHttpRequest.form(
                "/signalr/send?" + query(transport, negotiation.connectionToken()) + "&callback=cb",
                "data=" + Percent.encode(call("Echo", "x"))));

        assertThat(contentType(exchange)).isEqualTo("application/json;charset=UTF-8");
        assertThat(exchange.body()).isEqualTo("{\"R\":\"x\",\"I\":\"0\"}");
    }

    // --- what is refused ---

    static Stream<Arguments> invalidCallbacksAtEveryOperation() {
        return Stream.of("ping", "start", "connect", "poll", "reconnect", "send", "abort", "hubs", "js", "anything")
                .flatMap(operation -> INVALID.stream().map(callback -> Arguments.of(operation, callback)));
    }

    @ParameterizedTest
    @MethodSource("invalidCallbacksAtEveryOperation")
    void callback_thatIsNone_isRefusedEverywhereAndNotEchoed(String operation, String callback) {
        RawExchange exchange =
                requests.get("/signalr/" + operation + "?transport=longPolling&callback=" + Percent.encode(callback));

        assertThat(exchange.status()).isEqualTo(400);
        assertThat(exchange.body()).isEqualTo("The callback is not a valid JavaScript function name.");
        assertThat(contentType(exchange)).isEmpty();
        assertThat(isNosniff(exchange)).isTrue();
        assertThat(linesOfTheHead(exchange)).noneMatch(line -> line.contains(callback));
    }
}
