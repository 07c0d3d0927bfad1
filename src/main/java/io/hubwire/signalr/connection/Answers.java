package io.hubwire.signalr.connection;

import io.hubwire.signalr.hosting.HostExchange;
import io.hubwire.signalr.hosting.RequestRefusedException;
import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.metrics.Metrics;
import io.hubwire.signalr.protocol.Json;
import io.hubwire.signalr.protocol.Jsonp;
import io.hubwire.signalr.transport.TransportKind;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** How the requests of a mapping are answered that open no transport (protocol §1.4). Any thread; each method answers its exchange for good, and does not block. */
final class Answers {
    private static final String JSON = "application/json; charset=UTF-8";
    private static final String JAVASCRIPT = "application/javascript; charset=UTF-8";
    private static final String SHUTTING_DOWN = "The server is shutting down.";
    private static final byte[] NOTHING = {};

    private final Metrics metrics;
    private final Logger log;

    Answers(Metrics metrics, Logger log) {
        this.metrics = metrics;
        this.log = log;
    }

    /** An empty body, without a type. */
    void empty(HostExchange exchange, int status) {
        exchange.respond(status, null, NOTHING);
    }

    void emptyText(HostExchange exchange) {
        exchange.respond(200, "text/plain", NOTHING);
    }

    void json(HostExchange exchange, Optional<String> callback, String json) {
        if (callback.isPresent()) {
            script(exchange, callback.get(), json);
        } else {
            exchange.respond(200, JSON, json.getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * What a send is answered.
     *
     * @param answer the endpoint's, as JSON in UTF-8
     */
    void sent(HostExchange exchange, Optional<String> callback, TransportKind kind, Optional<byte[]> answer) {
        if (answer.isEmpty()) {
            empty(exchange, 200);
        } else if (kind == TransportKind.FOREVER_FRAME) {
            String escaped = Json.escapeHtml(new String(answer.get(), StandardCharsets.UTF_8));
            exchange.respond(200, JSON, escaped.getBytes(StandardCharsets.UTF_8));
        } else if (callback.isPresent() && kind == TransportKind.LONG_POLLING) {
            script(exchange, callback.get(), new String(answer.get(), StandardCharsets.UTF_8));
        } else {
            exchange.respond(200, JSON, answer.get());
        }
    }

    private static void script(HostExchange exchange, String callback, String json) {
        exchange.respond(200, JAVASCRIPT, Jsonp.wrap(callback, json).getBytes(StandardCharsets.UTF_8));
    }

    /** 401 for somebody unknown, 403 for anybody else. */
    void denied(HostExchange exchange) {
        int status = exchange.request().user().isPresent() ? 403 : 401;
        log.log(Level.DEBUG, () -> "refused with " + status + ": not authorized");
        empty(exchange, status);
    }

    /** @param text for the client */
    void refused(HostExchange exchange, int status, String text) {
        log.log(Level.DEBUG, () -> "refused with " + status + ": " + text);
        exchange.respond(status, null, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same, and counts it if it was for a limit. */
    void refused(HostExchange exchange, RequestRefusedException refusal) {
        refusal.limit().ifPresent(metrics::refused);
        refused(exchange, refusal.status(), refusal.getMessage());
    }

    /** Whoever asked may come again later, or to another node. */
    void sentElsewhere(HostExchange exchange, Duration retryAfter) {
        exchange.header("Retry-After", String.valueOf(retryAfter.toSeconds()));
        refused(exchange, 503, SHUTTING_DOWN);
    }

    /** The application's code has failed; the client does not hear how. */
    void failed(HostExchange exchange, String event, Throwable failure) {
        log.log(Level.DEBUG, () -> event + " failed", cause(failure));
        metrics.error(Counter.ERRORS_ALL, "SignalR.PersistentConnection", event + " failed", failure);
        empty(exchange, 500);
    }

    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
