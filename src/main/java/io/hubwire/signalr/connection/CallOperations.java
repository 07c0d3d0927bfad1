package io.hubwire.signalr.connection;

import io.hubwire.signalr.concurrent.Registration;
import io.hubwire.signalr.hosting.HostExchange;
import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.metrics.Limit;
import io.hubwire.signalr.transport.TransportKind;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** The requests that are answered by the application's code, on a worker: start and send (protocol §1.4, §2.3). Called on the request thread, which they do not block. */
final class CallOperations {
    private final ConnectionEndpoint endpoint;
    private final ConnectionServices services;
    private final ConnectionTrace trace;
    private final Answers answers;
    private final RequestForms forms;

    CallOperations(
            ConnectionEndpoint endpoint,
            ConnectionServices services,
            ConnectionTrace trace,
            Answers answers,
            RequestForms forms) {
        this.endpoint = endpoint;
        this.services = services;
        this.trace = trace;
        this.answers = answers;
        this.forms = forms;
    }

    /** Raises the connect event. */
    void start(HostExchange exchange, Optional<String> callback, ConnectionRequest request) {
        onWorker(exchange, request, () -> endpoint.onConnected(request)).whenComplete((done, failure) -> {
            if (failure == null) {
                services.metrics().increment(Counter.CONNECTIONS_CONNECTED);
                trace.connections().log(Level.DEBUG, () -> "Connection " + request.connectionId() + " has connected");
                answers.json(exchange, callback, "{ \"Response\": \"started\" }");
            } else {
                answers.failed(exchange, "onConnected", failure);
            }
        });
    }

    /** A payload from a client that has no socket to send it by. */
    void send(HostExchange exchange, Optional<String> callback, ConnectionRequest request) {
        if (request.transport() == TransportKind.WEB_SOCKETS) {
            answers.refused(exchange, 400, "Not a valid web socket request.");
            return;
        }
        Optional<Duration> wait = services.overCallRate(request.connectionId());
        if (wait.isPresent()) {
            exchange.header("Retry-After", String.valueOf(wait.get().toSeconds() + 1));
            answers.refused(exchange, 429, services.callRateText());
            return;
        }
        forms.read(exchange, form -> {
            String data = form.get("data").or(() -> dataInQuery(request)).orElse(null);
            services.metrics().increment(Counter.CONNECTION_MESSAGES_SENT);
            onWorker(exchange, request, () -> endpoint.onReceived(request, data))
                    .whenComplete((answer, failure) -> {
                        if (failure == null) {
                            answers.sent(exchange, callback, request.transport(), answer);
                        } else {
                            answers.failed(exchange, "onReceived", failure);
                        }
                    });
        });
    }

    private static Optional<String> dataInQuery(ConnectionRequest request) {
        return request.transport() == TransportKind.LONG_POLLING
                ? request.host().query().get("data")
                : Optional.empty();
    }

    /** Runs user code where it may block; a full house is a 503, and then the stage never completes. */
    private <T> CompletionStage<T> onWorker(
            HostExchange exchange, ConnectionRequest request, Supplier<CompletionStage<? extends T>> code) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Registration call = services.calls().begin(request.connectionId());
        try {
            services.workers().execute(() -> Stages.<T>start(code).whenComplete((value, failure) -> {
                if (failure == null) {
                    result.complete(value);
                } else {
                    result.completeExceptionally(failure);
                }
                call.close(); // after it was answered
            }));
        } catch (RejectedExecutionException full) {
            call.close();
            services.metrics().refused(Limit.WORKERS);
            answers.refused(exchange, 503, "The server is too busy for this call.");
        }
        return result;
    }
}
