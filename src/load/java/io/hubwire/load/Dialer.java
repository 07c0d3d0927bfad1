package io.hubwire.load;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Brings one client on line, the way the server at hand wants it. */
interface Dialer {

    void dial(SocketSwarm swarm, int port) throws IOException, InterruptedException;

    /** Straight to {@code /bare}, or to {@code /echo} for calls. */
    static Dialer bare(LoadOptions options) {
        return options.measure() == Measure.CALLS
                ? (swarm, port) -> swarm.call(port, "/echo", options.bytes())
                : bare(options.transport());
    }

    private static Dialer bare(LoadTransport transport) {
        HttpClient http = HttpClient.newHttpClient();
        return switch (transport) {
            case WEB_SOCKETS -> (swarm, port) -> swarm.connect(port, "/bare");
            case SERVER_SENT_EVENTS -> (swarm, port) -> swarm.stream(port, "/bare");
            case LONG_POLLING ->
                (swarm, port) ->
                        swarm.poll(port, cursor(get(http, port, "/bare")), cursor -> "/bare?messageId=" + cursor);
        };
    }

    /** Negotiate, connect, start (protocol §5.4). */
    static Dialer signalR(LoadOptions options) {
        LoadTransport transport = options.transport();
        HttpClient http = HttpClient.newHttpClient();
        return (swarm, port) -> {
            String data = "connectionData=" + encode("[{\"name\":\"loadhub\"}]") + "&clientProtocol=2.1";
            String negotiated = get(http, port, "/signalr/negotiate?" + data);
            String token = between(negotiated, "\"ConnectionToken\":\"", "\"");
            String query = "?transport=" + transport.wireName() + "&connectionToken=" + encode(token) + "&" + data;
            String connect = "/signalr/connect" + query;
            switch (transport) {
                case WEB_SOCKETS -> {
                    if (options.measure() == Measure.CALLS) {
                        swarm.call(port, connect, options.bytes());
                    } else {
                        swarm.connect(port, connect);
                    }
                }
                case SERVER_SENT_EVENTS -> swarm.stream(port, connect);
                case LONG_POLLING -> {
                    String cursor = cursor(get(http, port, connect));
                    swarm.poll(port, cursor, after -> "/signalr/poll" + query + "&messageId=" + after);
                }
            }
            get(http, port, "/signalr/start" + query);
        };
    }

    private static String cursor(String frame) {
        return between(frame, "\"C\":\"", "\"");
    }

    private static String get(HttpClient http, int port, String pathAndQuery) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + pathAndQuery))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(pathAndQuery + " answered " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String between(String text, String before, String after) {
        int start = text.indexOf(before) + before.length();
        return text.substring(start, text.indexOf(after, start));
    }
}
