package io.hubwire.kit.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a {@link SignalRTestClient} behaves. Immutable; each {@code with…} gives a changed copy.
 *
 * @param http where the server listens
 * @param path path of the mapping, e.g. {@code /signalr}
 * @param transport how messages are received
 * @param hubs names for {@code connectionData}; empty for none
 * @param clientProtocol value of {@code clientProtocol}
 * @param query further query parameters of every request, not encoded
 * @param headers header lines of every request
 * @param polling whether long polling polls by itself as a client does, or only when the test says so
 * @param patience how long each wait may take before it fails
 */
public record ClientOptions(
        RawHttpClient http,
        String path,
        TestTransport transport,
        List<String> hubs,
        String clientProtocol,
        Map<String, String> query,
        List<String> headers,
        boolean polling,
        Duration patience) {

    public ClientOptions {
        hubs = List.copyOf(hubs);
        query = Map.copyOf(query);
        headers = List.copyOf(headers);
    }

    /** The latest protocol, path {@code /signalr}, WebSockets, no hubs, automatic polling, half a minute of patience. */
    public static ClientOptions to(String host, int port) {
        return new ClientOptions(
                new RawHttpClient(host, port),
                "/signalr",
                TestTransport.WEB_SOCKETS,
                List.of(),
                "2.1",
                Map.of(),
                List.of(),
                true,
                Duration.ofSeconds(30));
    }

    public ClientOptions withPath(String path) {
        return new ClientOptions(http, path, transport, hubs, clientProtocol, query, headers, polling, patience);
    }

    public ClientOptions withTransport(TestTransport transport) {
        return new ClientOptions(http, path, transport, hubs, clientProtocol, query, headers, polling, patience);
    }

    public ClientOptions withHubs(String... hubs) {
        return new ClientOptions(
                http, path, transport, List.of(hubs), clientProtocol, query, headers, polling, patience);
    }

    public ClientOptions withClientProtocol(String clientProtocol) {
        return new ClientOptions(http, path, transport, hubs, clientProtocol, query, headers, polling, patience);
    }

    public ClientOptions withQuery(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(query);
        more.put(name, value);
        return new ClientOptions(http, path, transport, hubs, clientProtocol, more, headers, polling, patience);
    }

    public ClientOptions withHeader(String line) {
        List<String> more = new ArrayList<>(headers);
        more.add(line);
        return new ClientOptions(http, path, transport, hubs, clientProtocol, query, more, polling, patience);
    }

    /** Long polling only: the test calls {@link SignalRTestClient#poll()} itself. */
    public ClientOptions withManualPolling() {
        return new ClientOptions(http, path, transport, hubs, clientProtocol, query, headers, false, patience);
    }

    public ClientOptions withPatience(Duration patience) {
        return new ClientOptions(http, path, transport, hubs, clientProtocol, query, headers, polling, patience);
    }

    /** The value of {@code connectionData}: a JSON array of hub names. */
    public String connectionData() {
        return hubs.stream()
                .map(hub -> "{\"name\":" + JsonText.write(hub) + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** The target of an operation that needs no token. */
    String target(String operation) {
        StringBuilder target =
                new StringBuilder(path).append('/').append(operation).append('?');
        target.append("clientProtocol=").append(Percent.encode(clientProtocol));
        if (!hubs.isEmpty()) {
            target.append("&connectionData=").append(Percent.encode(connectionData()));
        }
        query.forEach((name, value) ->
                target.append('&').append(Percent.encode(name)).append('=').append(Percent.encode(value)));
        return target.toString();
    }

    /** The target of an operation of a negotiated connection. */
    String target(String operation, String token) {
        return target(operation) + "&transport=" + transport.wireName() + "&connectionToken=" + Percent.encode(token);
    }
}
