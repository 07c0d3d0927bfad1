package io.hubwire.conformance;

import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.Negotiation;
import io.hubwire.kit.client.Percent;
import io.hubwire.kit.client.RawExchange;
import io.hubwire.kit.client.RawHttpClient;
import io.hubwire.kit.client.RawHttpRequest;
import io.hubwire.kit.client.RawWebSocket;
import io.hubwire.kit.client.TestTransport;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Single requests to one server, as the vectors write them.
 *
 * @param http where the server listens
 */
record Requests(RawHttpClient http) {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** {@code connectionData} with the hub of the recordings. */
    static final String CONNECTION_DATA = "connectionData=%5B%7B%22name%22%3A%22echohub%22%7D%5D";

    /** What a refusal came as. */
    record Refusal(int status, String text) {}

    static Requests to(int port) {
        return new Requests(new RawHttpClient("127.0.0.1", port));
    }

    RawExchange get(String target, String... headers) {
        return send("GET", target, headers);
    }

    RawExchange send(String method, String target, String... headers) {
        return call(new RawHttpRequest(method, target, Arrays.asList(headers), new byte[0]));
    }

    RawExchange call(RawHttpRequest request) {
        return http.call(request, PATIENCE);
    }

    /** Negotiates at a path by the newest protocol. */
    Negotiation negotiate(String path, String... headers) {
        RawExchange answer = get(path + "/negotiate?clientProtocol=2.1&" + CONNECTION_DATA, headers);
        if (answer.status() != 200) {
            throw new AssertionError("Negotiation was answered " + answer.status() + " " + answer.body());
        }
        return new Negotiation(JsonText.parse(answer.body()));
    }

    /** The query of a connected client; {@code token} as it was issued. */
    static String query(TestTransport transport, String token) {
        return query(transport.wireName(), token);
    }

    static String query(String transport, String token) {
        String frame = transport.equalsIgnoreCase("foreverFrame") ? "&frameId=1" : "";
        return "transport=" + transport + "&clientProtocol=2.1&connectionToken=" + Percent.encode(token) + "&"
                + CONNECTION_DATA + frame;
    }

    /**
     * How a receive request is begun to be answered: 101 for an upgrade, else the status, without waiting for the end of a
     * stream. The connection is cut.
     */
    int open(TestTransport transport, String target, String... headers) {
        return opened(transport, target, headers).status();
    }

    /** As {@link #open}, with the text of a refusal. */
    Refusal opened(TestTransport transport, String target, String... headers) {
        return transport == TestTransport.WEB_SOCKETS
                ? openSocket(target, Arrays.asList(headers))
                : openStream(target, Arrays.asList(headers));
    }

    private Refusal openSocket(String target, List<String> headers) {
        try (RawWebSocket socket = RawWebSocket.open(http, target, headers)) {
            if (!socket.awaitOpen(PATIENCE)) {
                socket.endsWithin(PATIENCE);
            }
            return new Refusal(
                    socket.head()
                            .orElseThrow(() -> new AssertionError("No answer to " + target))
                            .status(),
                    socket.refusal());
        }
    }

    private Refusal openStream(String target, List<String> headers) {
        try (RawExchange exchange = http.open(RawHttpRequest.get(target).headers(headers))) {
            exchange.awaitHead(PATIENCE);
            if (exchange.status() != 200) {
                exchange.awaitEnd(PATIENCE);
            }
            return new Refusal(exchange.status(), exchange.body());
        }
    }

    /** The media type without the blanks that containers put in or leave out; empty for none. */
    static String contentType(RawExchange exchange) {
        return exchange.head()
                .orElseThrow()
                .first("Content-Type")
                .map(type -> type.replace(" ", ""))
                .orElse("");
    }

    static boolean isNosniff(RawExchange exchange) {
        return exchange.head().orElseThrow().all("X-Content-Type-Options").equals(List.of("nosniff"));
    }
}
