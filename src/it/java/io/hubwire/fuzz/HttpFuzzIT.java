package io.hubwire.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.Percent;
import io.hubwire.kit.client.RawExchange;
import io.hubwire.kit.client.RawHttpRequest;
import io.hubwire.kit.fuzz.Inputs;
import io.hubwire.kit.fuzz.Seeded;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

@AddLifecycleHook(Seeded.class)
@PropertyDefaults(tries = 400, edgeCases = EdgeCasesMode.NONE)
class HttpFuzzIT {
    private static final List<String> OPERATIONS = List.of(
            "negotiate",
            "ping",
            "start",
            "connect",
            "reconnect",
            "poll",
            "send",
            "abort",
            "hubs",
            "js",
            "",
            "other",
            "/",
            ";a=b/poll");
    private static final Set<String> ENDLESS = Set.of("connect", "reconnect", "poll", "", "other", "/", ";a=b/poll");
    private static final List<String> TRANSPORTS =
            List.of("webSockets", "serverSentEvents", "foreverFrame", "longPolling", "LONGPOLLING");

    /** What the original fails with as well, when connectionData make no sense (protocol §1.4). */
    private static final String CONNECTION_DATA_REFUSAL =
            "(?s)(connectionData .*|A hub in connectionData .*|Duplicate Hub names found\\.|The hub name '.*' is invalid\\.|'.*' Hub could not be resolved\\.)";

    private static Target target;

    @BeforeContainer
    static void startServer() {
        target = new Target();
    }

    @AfterContainer
    static void theServerIsAsItWas() {
        target.close();
    }

    // --- queries ---

    @Property
    void anyQuery_isAnsweredOrRefused(
            @ForAll("mappings") String mapping,
            @ForAll("operations") String operation,
            @ForAll("rawQueries") String query) {
        requireClean(operation, RawHttpRequest.get(mapping + operation + "?" + query));
    }

    @Property
    void anyParameters_areAnsweredOrRefused(
            @ForAll("mappings") String mapping,
            @ForAll("operations") String operation,
            @ForAll("methods") String method,
            @ForAll("parameters") Map<String, String> parameters) {
        String request = mapping + operation + "?" + encoded(parameters);
        requireClean(operation, new RawHttpRequest(method, request, List.of(), new byte[0]));
    }

    @Property
    void anyPath_isAnsweredOrRefused(@ForAll("paths") String path) {
        requireClean("", RawHttpRequest.get(path + "?" + encoded(Map.of("transport", "longPolling"))));
    }

    // --- headers ---

    @Property
    void anyHeaders_areAnsweredOrRefused(
            @ForAll("operations") String operation, @ForAll("headers") List<String> headers) {
        requireClean(
                operation,
                RawHttpRequest.get(tokenTarget("/plain/", operation, "longPolling"))
                        .headers(headers));
    }

    // --- bodies ---

    @Property
    void anyBody_isAnsweredOrRefused(
            @ForAll("formTransports") String transport,
            @ForAll("contentTypes") List<String> type,
            @ForAll("bodies") byte[] body) {
        RawHttpRequest send = RawHttpRequest.post(tokenTarget("/plain/", "send", transport));
        requireClean("send", send.headers(type).body(body));
    }

    @Property
    void anyForm_isAPollOrRefused(@ForAll("parameters") Map<String, String> form) {
        String poll = tokenTarget("/plain/", "poll", "longPolling");
        requireClean("poll", RawHttpRequest.form(poll, encoded(form)));
    }

    /** A call is answered as a call, or refused as none: with 500 and nothing (protocol §6.1). */
    @Property(tries = 800)
    void anyPayload_isACallOrNone(@ForAll("formTransports") String transport, @ForAll("payloads") String payload) {
        String send = tokenTarget("/plain/", "send", transport);
        RawExchange answer = requireClean("send", RawHttpRequest.form(send, "data=" + Percent.encode(payload)));
        if (answer.status() == 200) {
            JsonText response = JsonText.parse(answer.body());
            assertThat(response.get("I")).isPresent();
            assertThat(response.get("T")).isEmpty();
        }
    }

    // --- what is expected ---

    private static RawExchange requireClean(String operation, RawHttpRequest request) {
        try (RawExchange exchange = target.http().open(request)) {
            assertThat(exchange.awaitHead(Target.PATIENCE))
                    .as("an answer to %s", request)
                    .isTrue();
            int status = exchange.status();
            if (status == 200 && ENDLESS.contains(operation)) {
                return exchange;
            }
            exchange.awaitEnd(Target.PATIENCE);
            String body = exchange.body();
            if (status == 500) {
                assertThat(body.isEmpty() ? operation : body)
                        .as("500 for %s", request)
                        .matches("send|" + CONNECTION_DATA_REFUSAL);
            } else {
                assertThat(status).as("%s: %s", request, body).isIn(200, 400, 403, 404, 413, 414);
            }
            target.requireDiscreet(body);
            return exchange;
        }
    }

    private static String tokenTarget(String mapping, String operation, String transport) {
        return mapping + operation + "?"
                + encoded(Map.of(
                        "transport",
                        transport,
                        "connectionToken",
                        target.tokens().get(0),
                        "connectionData",
                        "[{\"name\":\"echohub\"}]",
                        "clientProtocol",
                        "2.1"));
    }

    private static String encoded(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + Percent.encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    // --- inputs ---

    @Provide
    Arbitrary<String> mappings() {
        return Arbitraries.of("/signalr/", "/plain/", "/nojs/", "/cors/", "/PLAIN/");
    }

    @Provide
    Arbitrary<String> operations() {
        return Arbitraries.of(OPERATIONS);
    }

    @Provide
    Arbitrary<String> methods() {
        return Arbitraries.of("GET", "GET", "GET", "POST", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW");
    }

    /** Anything that can stand in a request line. */
    @Provide
    Arbitrary<String> rawQueries() {
        Arbitrary<String> valid = parameters().map(HttpFuzzIT::encoded);
        Arbitrary<String> any = Arbitraries.oneOf(Inputs.texts(), Inputs.spoilt(valid));
        return any.map(query -> query.replaceAll("[\\s\\p{Cntrl}]", "%"));
    }

    @Provide
    Arbitrary<String> paths() {
        Arbitrary<String> valid = Combinators.combine(mappings(), operations()).as(String::concat);
        Arbitrary<String> any = Inputs.spoilt(valid).map(path -> "/" + path);
        return any.map(path -> path.replaceAll("[\\s\\p{Cntrl}?#]", "%2F"));
    }

    @Provide
    Arbitrary<Map<String, String>> parameters() {
        Arbitrary<String> token = Arbitraries.of(target.tokens());
        return Combinators.combine(
                        parameter("transport", Arbitraries.of(TRANSPORTS)),
                        parameter("connectionToken", token),
                        parameter(
                                "connectionData",
                                Arbitraries.of(
                                        "[{\"name\":\"echohub\"}]",
                                        "[{\"Name\":\"EchoHub\"},{\"name\":\"lifecyclehub\"}]",
                                        "[]")),
                        parameter("messageId", cursors()),
                        parameter("groupsToken", token),
                        parameter("callback", Arbitraries.of("jQuery1_2", "a.b.c")),
                        parameter(
                                "frameId",
                                Arbitraries.longs().between(0, 1L << 33).map(String::valueOf)),
                        parameter("clientProtocol", Arbitraries.of("2.1", "1.3", "1.2.5", "99999999999.1")))
                .as((transport, connection, data, cursor, groups, callback, frame, protocol) ->
                        java.util.stream.Stream.of(
                                        transport, connection, data, cursor, groups, callback, frame, protocol)
                                .flatMap(some -> some.entrySet().stream())
                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** Mostly valid, now and then spoilt, of any kind, or missing: so that what comes later is reached too. */
    private static Arbitrary<Map<String, String>> parameter(String name, Arbitrary<String> valid) {
        Arbitrary<String> values = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(6, valid),
                net.jqwik.api.Tuple.of(1, Inputs.spoilt(valid)),
                net.jqwik.api.Tuple.of(1, Inputs.texts()));
        boolean needed = name.equals("transport") || name.equals("connectionToken");
        return values.map(value -> Map.of(name, value))
                .injectNull(needed ? 0.05 : 0.5)
                .map(some -> some == null ? Map.of() : some);
    }

    private static Arbitrary<String> cursors() {
        return Arbitraries.strings()
                .numeric()
                .withCharRange('a', 'z')
                .ofMinLength(1)
                .ofMaxLength(13)
                .tuple2()
                .map(parts -> parts.get1() + "-" + parts.get2());
    }

    @Provide
    Arbitrary<List<String>> headers() {
        Arbitrary<String> names = Arbitraries.of(
                "Origin",
                "Cookie",
                "Upgrade",
                "Connection",
                "Sec-WebSocket-Key",
                "Sec-WebSocket-Version",
                "Sec-WebSocket-Extensions",
                "Sec-WebSocket-Protocol",
                "Content-Type",
                "Accept",
                "Authorization",
                "X-User",
                "X-Forwarded-For",
                "Referer",
                "User-Agent");
        Arbitrary<String> values = Arbitraries.oneOf(
                Arbitraries.of(
                        "websocket",
                        "Upgrade",
                        "13",
                        "12, 13",
                        "dGhlIHNhbXBsZSBub25jZQ==",
                        "http://127.0.0.1",
                        "null",
                        "a=b; c=\"d",
                        "text/html"),
                Inputs.texts().map(text -> text.replaceAll("[\\p{Cntrl}]", " ").replace('\u0085', ' ')));
        return Combinators.combine(names, values)
                .as((name, value) -> name + ": " + value)
                .list()
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<String> formTransports() {
        return Arbitraries.of("longPolling", "serverSentEvents", "foreverFrame");
    }

    @Provide
    Arbitrary<List<String>> contentTypes() {
        return Arbitraries.of(
                List.of(),
                List.of("Content-Type: " + RawHttpRequest.FORM),
                List.of("Content-Type: multipart/form-data; boundary=x"),
                List.of("Content-Type: application/json; charset=UTF-16"),
                List.of("Content-Type: ;;;=, nonsense/"));
    }

    @Provide
    Arbitrary<byte[]> bodies() {
        Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
        Arbitrary<byte[]> forms = Arbitraries.oneOf(
                        payloads().map(payload -> "data=" + payload),
                        Inputs.texts(),
                        Inputs.spoilt(payloads().map(Percent::encode)))
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
        Arbitrary<byte[]> tooMany = Arbitraries.integers()
                .between(990, 1100)
                .map(count -> "a=b&".repeat(count).getBytes(StandardCharsets.US_ASCII));
        Arbitrary<byte[]> tooLong = Arbitraries.integers()
                .between((1 << 20) - 2, (1 << 20) + 2)
                .map(length -> ("data=" + "x".repeat(length - 5)).getBytes(StandardCharsets.US_ASCII));
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(10, bytes),
                net.jqwik.api.Tuple.of(10, forms),
                net.jqwik.api.Tuple.of(2, tooMany),
                net.jqwik.api.Tuple.of(1, tooLong));
    }

    @Provide
    Arbitrary<String> payloads() {
        return HubPayloads.any();
    }
}
