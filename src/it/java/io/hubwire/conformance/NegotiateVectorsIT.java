package io.hubwire.conformance;

import static io.hubwire.conformance.JsonpIT.linesOfTheHead;
import static io.hubwire.conformance.Requests.CONNECTION_DATA;
import static io.hubwire.conformance.Requests.contentType;
import static io.hubwire.conformance.Requests.isNosniff;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.captures.fixture.FixtureOptions;
import io.hubwire.captures.fixture.FixtureServer;
import io.hubwire.kit.LogAudit;
import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.Negotiation;
import io.hubwire.kit.client.Percent;
import io.hubwire.kit.client.RawExchange;
import io.hubwire.kit.client.RawHttpRequest;
import io.hubwire.signalr.hub.HubConfiguration;
import io.hubwire.signalr.transport.TransportConfig;
import io.hubwire.signalr.transport.TransportKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors V01 to V17 and V30 (protocol §18.1). */
class NegotiateVectorsIT {
    private static final String TOKEN = "\"ConnectionToken\":\"[A-Za-z0-9_-]+\"";
    private static final String ID = "\"ConnectionId\":\"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\"";
    private static final String DEFAULTS = "\"KeepAliveTimeout\":20.0,\"DisconnectTimeout\":30.0,"
            + "\"ConnectionTimeout\":110.0,\"TryWebSockets\":true,\"ProtocolVersion\":\"2.0\","
            + "\"TransportConnectTimeout\":5.0,\"LongPollDelay\":0.0}";

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

    static Set<String> invalidCallbacks() {
        return JsonpIT.INVALID;
    }

    private static String answer(String url) {
        return "\\{\"Url\":\"" + url + "\"," + TOKEN + "," + ID + "," + DEFAULTS.replace("}", "\\}");
    }

    private static RawExchange negotiate(String query) {
        return requests.get("/signalr/negotiate?" + query);
    }

    private static Negotiation negotiation(RawExchange exchange) {
        assertThat(exchange.status()).isEqualTo(200);
        return new Negotiation(JsonText.parse(exchange.body()));
    }

    private static FixtureOptions options(
            Duration disconnectTimeout, Optional<Duration> keepAlive, Duration longPollDelay) {
        return new FixtureOptions(
                0, disconnectTimeout, keepAlive, Duration.ofSeconds(110), longPollDelay, Optional.empty(), true);
    }

    @Test
    void v01_negotiate_answersAllTenKeysInOrder() {
        RawExchange exchange = negotiate("clientProtocol=2.1&" + CONNECTION_DATA + "&_=1");

        assertThat(exchange.status()).isEqualTo(200);
        assertThat(contentType(exchange)).isEqualTo("application/json;charset=UTF-8");
        assertThat(isNosniff(exchange)).isTrue();
        assertThat(exchange.body()).matches(answer("/signalr"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0", "1.5", "1.4", "1.3", "1.2"})
    void v02_protocolVersion_thatIsServed_isEchoedExactly(String version) {
        assertThat(negotiation(negotiate("clientProtocol=" + version)).protocolVersion())
                .isEqualTo(version);
    }

    @ParameterizedTest
    @CsvSource({"1.2.5,1.2.5", "1.9,1.9", "9.9,2.0", "1.0,1.2", ".8,1.2", "1337,1.2", "'',1.2"})
    void v03_protocolVersion_otherwise_isClamped(String sent, String served) {
        assertThat(negotiation(negotiate("clientProtocol=" + sent)).protocolVersion())
                .isEqualTo(served);
    }

    @Test
    void v03_protocolVersion_missing_isTheOldest() {
        assertThat(negotiation(requests.get("/signalr/negotiate")).protocolVersion())
                .isEqualTo("1.2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND"})
    void v04_negotiate_byAnyMethod_answersAsToGet(String method) {
        RawExchange exchange = requests.send(method, "/signalr/negotiate?clientProtocol=2.1&" + CONNECTION_DATA);

        assertThat(exchange.status()).isEqualTo(200);
        assertThat(contentType(exchange)).isEqualTo("application/json;charset=UTF-8");
        assertThat(exchange.body()).matches(answer("/signalr"));
    }

    @Test
    void v04_negotiate_byHead_answersTheHeadOfAGet() {
        RawExchange exchange = requests.send("HEAD", "/signalr/negotiate?clientProtocol=2.1");

        assertThat(exchange.status()).isEqualTo(200);
        assertThat(contentType(exchange)).isEqualTo("application/json;charset=UTF-8");
        assertThat(isNosniff(exchange)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/SIGNALR/Negotiate, /signalr/Negotiate",
        "/SignalR/NEGOTIATE, /signalr/NEGOTIATE",
        "/SIGNALR/negotiate, /signalr"
    })
    void v05_path_inAnyCase_isServed_andNamesThePrefixAsMapped(String path, String url) {
        assertThat(negotiation(requests.get(path)).url()).isEqualTo(url);
    }

    @Test
    void v06_path_withADoubleSlash_keepsOneInTheUrl() {
        assertThat(negotiation(requests.get("/signalr//negotiate")).url()).isEqualTo("/signalr/");
    }

    @ParameterizedTest
    @CsvSource({"/signalr/js/negotiate,/signalr/js", "/signalr/foo/bar/negotiate,/signalr/foo/bar"})
    void v07_path_withMoreSegments_keepsThemInTheUrl(String path, String url) {
        assertThat(negotiation(requests.get(path)).url()).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource({"/app, /app", "/my app, /my%20app"})
    void v08_contextPath_isPartOfTheUrl(String contextPath, String sent) {
        try (HubServer inContext = HubServer.start(
                contextPath, settings -> settings.hubs("/signalr", HubConfiguration.defaults()), context -> {})) {
            assertThat(negotiation(Requests.to(inContext.port()).get(sent + "/signalr/negotiate"))
                            .url())
                    .isEqualTo(contextPath + "/signalr");
        }
    }

    @Test
    void v09_keepAlive_off_isNull() {
        FixtureOptions withoutKeepAlive = options(Duration.ofSeconds(30), Optional.empty(), Duration.ZERO);
        try (FixtureServer other = FixtureServer.start(withoutKeepAlive)) {
            assertThat(Requests.to(other.port()).get("/signalr/negotiate").body())
                    .contains("\"KeepAliveTimeout\":null,\"DisconnectTimeout\":30.0,");
        }
    }

    @Test
    void v10_times_areSecondsWithAFraction() {
        FixtureOptions times =
                options(Duration.ofSeconds(9), Optional.of(Duration.ofSeconds(3)), Duration.ofMillis(250));
        try (FixtureServer other = FixtureServer.start(times)) {
            assertThat(Requests.to(other.port()).get("/signalr/negotiate").body())
                    .contains("\"KeepAliveTimeout\":6.0,\"DisconnectTimeout\":9.0,")
                    .endsWith("\"LongPollDelay\":0.25}");
        }
    }

    @Test
    void v11_negotiate_twice_givesOtherIdsAndTokens() {
        Negotiation first = negotiation(negotiate("clientProtocol=2.1"));
        Negotiation second = negotiation(negotiate("clientProtocol=2.1"));

        assertThat(second.connectionId()).isNotEqualTo(first.connectionId());
        assertThat(second.connectionToken()).isNotEqualTo(first.connectionToken());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"name\":\"nosuch\"}]",
                "{bad",
                "[{\"name\":\"echohub\"},{\"name\":\"ECHOHUB\"}]",
                "[{\"name\":\"echohub\"},{\"name\":\"nosuch\"}]"
            })
    void v12_connectionData_thatMakesNoSense_isAShortServerError(String connectionData) {
        RawExchange exchange = negotiate("clientProtocol=2.1&connectionData=" + Percent.encode(connectionData));

        assertThat(exchange.status()).isEqualTo(500);
        assertThat(contentType(exchange)).isEmpty();
        assertThat(exchange.body()).hasSizeLessThan(200).doesNotContain("ConnectionToken", "Exception", "\tat ");
        assertThat(isNosniff(exchange)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[%7B%22Name%22:%22EchoHub%22%7D]",
                "[{\"Name\":\"echohub\"}]",
                "[{%22NAME%22:%22echohub%22},{\"name\":\"lifecyclehub\"}]"
            })
    void v13_connectionData_asTheDotNetClientSendsIt_isRead(String connectionData) {
        RawExchange exchange = negotiate("clientProtocol=2.1&connectionData=" + connectionData);

        assertThat(exchange.status()).isEqualTo(200);
        assertThat(exchange.body()).matches(answer("/signalr"));
    }

    @Test
    void v14_webSockets_switchedOff_isSaidAndMeant() {
        TransportConfig defaults = TransportConfig.defaults();
        TransportConfig without = new TransportConfig(
                Set.of(TransportKind.SERVER_SENT_EVENTS, TransportKind.LONG_POLLING),
                defaults.transportConnectTimeout(),
                defaults.connectionTimeout(),
                defaults.disconnectTimeout(),
                defaults.keepAlive(),
                defaults.longPollDelay());
        try (HubServer other = HubServer.start(
                settings -> settings.transports(without).hubs("/signalr", HubConfiguration.defaults()))) {
            Requests there = Requests.to(other.port());
            Negotiation negotiation = negotiation(there.get("/signalr/negotiate"));

            assertThat(negotiation.json().raw()).contains("\"TryWebSockets\":false,");
            for (String off : new String[] {"webSockets", "foreverFrame"}) {
                RawExchange refused = there.get("/signalr/connect?transport=" + off + "&connectionToken="
                        + Percent.encode(negotiation.connectionToken()));
                assertThat(refused.status()).isEqualTo(400);
                assertThat(refused.body()).isEqualTo("Protocol error: Unknown transport.");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/plain/negotiate",
                "/plain/ping",
                "/plain/start",
                "/plain/connect",
                "/plain/poll",
                "/plain/send",
                "/plain/abort",
                "/plain/hubs",
                "/plain"
            })
    void v15_jsonp_off_isForbiddenForEveryOperation(String path) {
        RawExchange exchange = requests.get(path + "?callback=cb");

        assertThat(exchange.status()).isEqualTo(403);
        assertThat(exchange.body()).isEmpty();
    }

    @Test
    void v15_jsonp_off_withAnEmptyCallback_answersJson() {
        RawExchange exchange = requests.get("/plain/negotiate?clientProtocol=2.1&callback=");

        assertThat(exchange.body()).matches(answer("/plain"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cb", "a.b$_1", "jQuery1124_1"})
    void v16_jsonp_validCallback_wrapsTheAnswer(String callback) {
        RawExchange exchange = negotiate("clientProtocol=2.1&callback=" + callback);

        assertThat(exchange.status()).isEqualTo(200);
        assertThat(contentType(exchange)).isEqualTo("application/javascript;charset=UTF-8");
        assertThat(isNosniff(exchange)).isTrue();
        assertThat(exchange.body()).startsWith(callback + "(").endsWith(");");
        assertThat(exchange.body()
                        .substring(callback.length() + 1, exchange.body().length() - 2))
                .matches(answer("/signalr"));
    }

    @ParameterizedTest
    @MethodSource("invalidCallbacks")
    void v16_jsonp_invalidCallback_isRefusedAndNotEchoed(String callback) {
        RawExchange exchange = negotiate("clientProtocol=2.1&callback=" + Percent.encode(callback));

        assertThat(exchange.status()).isEqualTo(400);
        assertThat(exchange.body()).isEqualTo("The callback is not a valid JavaScript function name.");
        assertThat(linesOfTheHead(exchange)).noneMatch(line -> line.contains(callback));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/signalrx/negotiate", "/signal/negotiate", "/plain2/negotiate", "/xsignalr/negotiate"})
    void v17_path_thatOnlyBeginsLikeAMapping_isNotOurs(String path) {
        RawExchange exchange = requests.get(path);

        assertThat(exchange.status()).isEqualTo(404);
        assertThat(exchange.head().orElseThrow().first("X-Content-Type-Options"))
                .isEmpty();
    }

    @Test
    void v30_options_withoutACorsFilter_isNothingSpecial() {
        RawExchange exchange = requests.call(
                new RawHttpRequest("OPTIONS", "/signalr/negotiate?clientProtocol=2.1", List.of(), new byte[0])
                        .header("Origin: http://elsewhere.example")
                        .header("Access-Control-Request-Method: GET"));

        assertThat(exchange.status()).isEqualTo(200);
        assertThat(exchange.body()).matches(answer("/signalr"));
        assertThat(exchange.head().orElseThrow().lines()).noneMatch(line -> line.startsWith("Access-Control-"));
    }
}
