package io.hubwire.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hubwire.kit.LogAudit;
import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.RawExchange;
import io.hubwire.kit.client.RawHttpClient;
import io.hubwire.kit.client.RawHttpRequest;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.signalr.connection.Negotiation;
import io.hubwire.signalr.hub.HubConfiguration;
import io.hubwire.signalr.metrics.Gauge;
import io.hubwire.signalr.protocol.NegotiateRedirect;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that sends clients to another one as they negotiate, by every redirect of protocol §19.4. */
class RedirectIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final List<String> GATES = List.of(
            "/redirect",
            "/redirect2",
            "/redirect3",
            "/redirect4",
            "/redirect-query-string",
            "/redirect-query-string2",
            "/redirect-query-string-clear",
            "/redirect-query-string-clear2",
            "/redirect-query-string-invalid",
            "/redirect-loop",
            "/redirect-loop2",
            "/redirect-if-it-can",
            "/negotiate-error",
            "/broken");

    private static HubServer target;
    private static HubServer gate;

    private LogAudit log;

    @BeforeAll
    static void startServers() {
        target = HubServer.start(settings -> settings.hubs("/signalr", HubConfiguration.defaults()));
        gate = HubServer.start(settings -> {
            GATES.forEach(path -> settings.hubs(path, new HubConfiguration(false, false, true)));
            settings.redirector(RedirectIT::redirect);
        });
    }

    @AfterAll
    static void stopServers() {
        gate.close();
        target.close();
    }

    private static Optional<NegotiateRedirect> redirect(Negotiation client) {
        String name1 = client.request()
                .query()
                .get("name1")
                .map(value -> "&origName1=" + value)
                .orElse("");
        return switch (client.mapping()) {
            case "/redirect" -> Optional.of(NegotiateRedirect.to(at(gate, "/redirect2"), "TestToken"));
            case "/redirect2" -> Optional.of(NegotiateRedirect.to(at(gate, "/redirect3/"), "TestToken"));
            case "/redirect3" -> Optional.of(NegotiateRedirect.to(at(gate, "/redirect4"), "TestToken"));
            case "/redirect4" -> Optional.of(NegotiateRedirect.to(at(target, "/signalr/"), "TestToken"));
            case "/redirect-query-string" ->
                Optional.of(NegotiateRedirect.to(at(gate, "/redirect-query-string2?name1=value1&name2=value2")));
            case "/redirect-query-string2" ->
                Optional.of(NegotiateRedirect.to(at(target, "/signalr?name1=newValue&name3=value3" + name1)));
            case "/redirect-query-string-clear" ->
                Optional.of(NegotiateRedirect.to(at(gate, "/redirect-query-string-clear2?clearedName=clearedValue")));
            case "/redirect-query-string-clear2" ->
                client.request().query().get("clearedName").map(any -> NegotiateRedirect.to(at(target, "/signalr")));
            case "/redirect-query-string-invalid" ->
                Optional.of(NegotiateRedirect.to(at(target, "/signalr?redirect=invalid&/?=/&")));
            case "/redirect-loop" -> Optional.of(NegotiateRedirect.to(at(gate, "/redirect-loop2")));
            case "/redirect-loop2" -> Optional.of(NegotiateRedirect.to(at(gate, "/redirect-loop")));
            case "/redirect-if-it-can" ->
                Optional.of(NegotiateRedirect.to(at(target, "/signalr"))).filter(any -> client.followsRedirects());
            case "/negotiate-error" ->
                Optional.of(NegotiateRedirect.refuse("Server-provided negotiate error message!"));
            default -> throw new IllegalStateException("secret of the application");
        };
    }

    private static String at(HubServer server, String path) {
        return "http://127.0.0.1:" + server.port() + path;
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

    private static RedirectFollower follower(String path, String ownQuery) {
        return new RedirectFollower(at(gate, path), ownQuery);
    }

    private static String negotiate(String path, String query) {
        return exchange(path, query).body();
    }

    private static RawExchange exchange(String path, String query) {
        return new RawHttpClient("127.0.0.1", gate.port())
                .call(RawHttpRequest.get(path + "/negotiate?" + query), PATIENCE);
    }

    private static String invoke(SignalRTestClient client, String method, Object... arguments) {
        return JsonText.parse(client.invoke("RedirectTestHub", method, arguments)
                        .result()
                        .orElseThrow())
                .text();
    }

    // --- what is sent ---

    @Test
    void redirect_withAToken_isTheMinimalBody() {
        assertThat(negotiate("/redirect4", "clientProtocol=2.1"))
                .isEqualTo("{\"ProtocolVersion\":\"2.0\",\"RedirectUrl\":\"" + at(target, "/signalr/")
                        + "\",\"AccessToken\":\"TestToken\"}");
    }

    @Test
    void redirect_withJsonp_isWrapped() {
        RawExchange exchange = exchange("/redirect-loop", "clientProtocol=2.1&callback=cb");

        assertThat(exchange.body())
                .isEqualTo(
                        "cb({\"ProtocolVersion\":\"2.0\",\"RedirectUrl\":\"" + at(gate, "/redirect-loop2") + "\"});");
        assertThat(exchange.head().orElseThrow().first("Content-Type"))
                .contains("application/javascript;charset=UTF-8");
    }

    @Test
    void negotiateError_isTheMinimalBody() {
        assertThat(negotiate("/negotiate-error", "clientProtocol=2.1"))
                .isEqualTo("{\"ProtocolVersion\":\"2.0\",\"Error\":\"Server-provided negotiate error message!\"}");
        assertThatIllegalStateException()
                .isThrownBy(() -> follower("/negotiate-error", "").follow())
                .withMessage("Error message received from the server: 'Server-provided negotiate error message!'.");
    }

    @Test
    void redirector_thatThrows_is500AndTellsTheLogAlone() {
        RawExchange exchange = exchange("/broken", "clientProtocol=2.1");

        assertThat(exchange.status()).isEqualTo(500);
        assertThat(exchange.body()).doesNotContain("secret");
        assertThat(log.records()).singleElement().asString().contains("secret of the application");
        log.clear();
    }

    // --- who can follow ---

    @ParameterizedTest
    @ValueSource(strings = {"", "1.2", "1.3", "1.4", "1.5", "1.9"})
    void clientThatCannotFollow_whereTheApplicationMinds_isServed(String version) {
        assertThat(negotiate("/redirect-if-it-can", "clientProtocol=" + version))
                .contains("\"ConnectionToken\":")
                .doesNotContain("RedirectUrl");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.3", "1.5"})
    void clientThatCannotFollow_whereTheApplicationDoesNotMind_isToldOfAVersionThatItDoesNotSpeak(String version) {
        assertThat(negotiate("/redirect", "clientProtocol=" + version)).startsWith("{\"ProtocolVersion\":\"2.0\",");
    }

    @ParameterizedTest
    @CsvSource({
        "2.0, /redirect-loop, RedirectUrl",
        "2.0, /redirect-query-string, Error",
        "2.1, /redirect-query-string, RedirectUrl",
        "9.9, /redirect-query-string, RedirectUrl"
    })
    void queryInTheAddress_needsAClientOf21(String version, String path, String key) {
        JsonText answer = JsonText.parse(negotiate(path, "clientProtocol=" + version));

        assertThat(answer.names()).containsExactly("ProtocolVersion", key);
    }

    // --- following ---

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void chain_endsAtAnotherServer_withTheToken(TestTransport transport) {
        RedirectFollower follower = follower("/redirect", "own=1");
        follower.follow();

        ClientOptions options = follower.options().withTransport(transport).withHubs("redirecttesthub");
        try (SignalRTestClient client = SignalRTestClient.start(options)) {
            assertThat(follower.redirects()).isEqualTo(4);
            assertThat(options.http().port()).isEqualTo(target.port());
            assertThat(client.negotiation().url()).isEqualTo("/signalr/");
            assertThat(invoke(client, "getAccessToken")).isEqualTo("TestToken");
            assertThat(invoke(client, "getQueryStringValue", "own")).isEqualTo("1");
            assertThat(invoke(client, "echoReturn", "here")).isEqualTo("here");
            client.abort();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/redirect-query-string, own=1, own=;name1=newValue;name2=;name3=value3;origName1=value1",
        "/redirect-query-string-clear, own=1, own=1;clearedName=",
        "/redirect-query-string-invalid, own=1, own=;redirect=invalid",
    })
    void queryOfTheLastRedirect_replacesTheClientsOwn(String path, String ownQuery, String arrived) {
        RedirectFollower follower = follower(path, ownQuery);
        follower.follow();

        try (SignalRTestClient client =
                SignalRTestClient.start(follower.options().withHubs("redirecttesthub"))) {
            for (String pair : arrived.split(";", -1)) {
                String[] parts = pair.split("=", 2);
                assertThat(invoke(client, "getQueryStringValue", parts[0]))
                        .as(parts[0])
                        .isEqualTo(parts[1]);
            }
            client.abort();
        }
    }

    @Test
    void loop_endsWithTheClientsLimit_andLeavesNothingBehind() {
        RedirectFollower follower = follower("/redirect-loop", "");

        assertThatIllegalStateException()
                .isThrownBy(follower::follow)
                .withMessage("Negotiate redirection limit exceeded.");
        assertThat(follower.redirects()).isEqualTo(101);
        assertThat(gate.metrics().value(Gauge.CONNECTIONS_CURRENT)).isZero();
    }
}
