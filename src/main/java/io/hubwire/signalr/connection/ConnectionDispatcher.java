package io.hubwire.signalr.connection;

import io.hubwire.signalr.connection.ConnectionEndpoint.Admission;
import io.hubwire.signalr.hosting.HostExchange;
import io.hubwire.signalr.hosting.HostHandler;
import io.hubwire.signalr.hosting.HostRequest;
import io.hubwire.signalr.hosting.RefusedRequest;
import io.hubwire.signalr.hosting.RequestRefusedException;
import io.hubwire.signalr.metrics.Limit;
import io.hubwire.signalr.protocol.Jsonp;
import io.hubwire.signalr.security.ConnectionToken;
import io.hubwire.signalr.tracing.SourceName;
import io.hubwire.signalr.transport.TransportKind;
import io.hubwire.signalr.transport.TransportSession;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.Principal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Serves one mapping: checks a request in the order of protocol §1.3 and hands it to its operation. Everything up to the point where a transport opens
 * or user code starts runs on the request thread, so that a refusal is always an HTTP status.
 */
public final class ConnectionDispatcher implements HostHandler {
    private static final String MISSING_TOKEN = "Protocol error: Missing connection token.";
    private static final String UNKNOWN_TRANSPORT = "Protocol error: Unknown transport.";
    private static final String UNREADABLE_TOKEN = "The ConnectionId is in the incorrect format.";
    private static final String OTHER_USER =
            "Unrecognized user identity.  The user identity cannot change during an active SignalR connection.";

    private final ConnectionEndpoint endpoint;
    private final ConnectionServices services;
    private final BusSignalPublisher publisher;
    private final NegotiateOperation negotiate;
    private final CallOperations calls;
    private final ReceiveOperation receive;
    private final Answers answers;
    private final Logger log;
    private final boolean jsonp;

    /**
     * @param path where the endpoint is mapped below the context path, such as {@code /signalr}
     * @param jsonp whether {@code callback} is honoured; off by default, since it goes around the same-origin policy
     */
    public ConnectionDispatcher(String path, boolean jsonp, ConnectionEndpoint endpoint, ConnectionServices services) {
        this.endpoint = endpoint;
        this.services = services;
        this.log = services.tracing().of(SourceName.PERSISTENT_CONNECTION);
        this.jsonp = jsonp;
        this.publisher = new BusSignalPublisher(services.bus(), services.heartbeat());
        this.negotiate = new NegotiateOperation(path, services);
        this.answers = new Answers(services.metrics(), log);
        ConnectionTrace trace = new ConnectionTrace(services.tracing());
        RequestForms forms = new RequestForms(answers);
        this.calls = new CallOperations(endpoint, services, trace, answers, forms);
        this.receive = new ReceiveOperation(endpoint, services, trace, answers, forms);
    }

    @Override
    public void refused(Limit limit) {
        services.metrics().refused(limit);
    }

    @Override
    public void handle(HostExchange exchange) {
        HostRequest request = exchange.request();
        Optional<String> callback = request.query().get("callback").filter(name -> !name.isEmpty());
        if (callback.isPresent() && !jsonp) {
            answers.empty(exchange, 403);
            return;
        }
        exchange.header("X-Content-Type-Options", "nosniff");
        if (request.attribute(RefusedRequest.ATTRIBUTE).orElse(null) instanceof RefusedRequest refused) {
            answers.refused(exchange, refused.status(), refused.message());
            return;
        }
        if (callback.isPresent() && !Jsonp.isValidCallback(callback.get())) {
            answers.refused(exchange, 400, "The callback is not a valid JavaScript function name.");
            return;
        }
        Admission admission = endpoint.admit(request);
        if (admission instanceof Admission.Malformed malformed) {
            answers.refused(exchange, malformed.status(), malformed.text());
        } else if (admission instanceof Admission.Denied) {
            answers.denied(exchange);
        } else {
            granted(exchange, callback, ((Admission.Granted) admission).scope());
        }
    }

    private void granted(HostExchange exchange, Optional<String> callback, Object scope) {
        ScopedExchange scoped =
                new ScopedExchange(exchange, new ScopeHolds(endpoint.disposal(scope), services.workers(), log));
        try {
            if (!endpoint.answer(scoped)) {
                dispatch(scoped, callback, scope);
            }
        } catch (RuntimeException | Error failure) { // the host answers
            scoped.release();
            throw failure;
        }
    }

    private void dispatch(ScopedExchange exchange, Optional<String> callback, Object scope) {
        Operation operation = Operation.ofPath(exchange.request().path());
        switch (operation) {
            case NEGOTIATE -> negotiate(exchange, callback);
            case PING -> answers.json(exchange, callback, "{ \"Response\": \"pong\" }");
            default -> dispatchConnected(exchange, callback, scope, operation);
        }
    }

    private void negotiate(HostExchange exchange, Optional<String> callback) {
        Optional<Duration> drained = services.heartbeat().drained();
        if (drained.isPresent()) {
            answers.sentElsewhere(exchange, drained.get());
            return;
        }
        try {
            answers.json(exchange, callback, negotiate.answer(exchange.request()));
            log.log(Level.TRACE, "negotiated");
        } catch (RequestRefusedException refused) {
            answers.refused(exchange, refused);
        }
    }

    private void dispatchConnected(
            ScopedExchange exchange, Optional<String> callback, Object scope, Operation operation) {
        HostRequest request = exchange.request();
        Optional<TransportKind> transport = TransportKind.ofWireName(
                        request.query().text("transport"))
                .filter(services.transports().transports()::contains);
        if (transport.isEmpty()) {
            answers.refused(exchange, 400, UNKNOWN_TRANSPORT);
            return;
        }
        String token = request.query().text("connectionToken");
        if (token.isEmpty()) {
            answers.refused(exchange, 400, MISSING_TOKEN);
            return;
        }
        ConnectionIdResult result = endpoint.tryGetConnectionId(request, scope, token, verdict(request, token));
        if (result instanceof ConnectionIdResult.Refused refused) {
            answers.refused(exchange, refused.status(), refused.message());
        } else if (result instanceof ConnectionIdResult.Proven proven) {
            String id = proven.connectionId();
            log.log(
                    Level.TRACE,
                    () -> operation.text() + " over " + transport.get().wireName() + " of connection " + id);
            Map<Object, Object> items = services.heartbeat()
                    .session(id)
                    .map(TransportSession::items)
                    .orElseGet(ConcurrentHashMap::new);
            perform(
                    operation,
                    exchange,
                    callback,
                    new ConnectionRequest(request, id, transport.get(), scope, items, Optional.empty()));
        }
    }

    private ConnectionIdResult verdict(HostRequest request, String token) {
        Optional<ConnectionToken> opened = ConnectionToken.unprotect(services.keys(), token);
        if (opened.isEmpty()) {
            return new ConnectionIdResult.Refused(400, UNREADABLE_TOKEN);
        }
        return opened.get().belongsTo(userName(request)) && isTicketFor(request, opened.get())
                ? new ConnectionIdResult.Proven(opened.get().connectionId())
                : new ConnectionIdResult.Refused(403, OTHER_USER);
    }

    /** Who came by a connect ticket is that user for the ticket's own connection alone. */
    private static boolean isTicketFor(HostRequest request, ConnectionToken token) {
        return request.user()
                .map(user -> !(user instanceof TicketHolder holder) || holder.isFor(token.connectionId()))
                .orElse(true);
    }

    private void perform(
            Operation operation, ScopedExchange exchange, Optional<String> callback, ConnectionRequest request) {
        switch (operation) {
            case START -> calls.start(exchange, callback, request);
            case SEND -> calls.send(exchange, callback, request);
            case ABORT -> abort(exchange, request);
            default -> receive.receive(operation, exchange, callback, request);
        }
    }

    private void abort(HostExchange exchange, ConnectionRequest request) {
        answers.emptyText(exchange);
        publisher.abort(request.connectionId());
    }

    private static String userName(HostRequest request) {
        return request.user().map(Principal::getName).orElse(null);
    }
}
