package io.hubwire.signalr.connection;

import io.hubwire.signalr.bus.Membership;
import io.hubwire.signalr.bus.SubscriptionRequest;
import io.hubwire.signalr.concurrent.Registration;
import io.hubwire.signalr.connection.ConnectionEndpoint.Admission;
import io.hubwire.signalr.hosting.HostExchange;
import io.hubwire.signalr.hosting.HostHandler;
import io.hubwire.signalr.hosting.HostRequest;
import io.hubwire.signalr.hosting.Parameters;
import io.hubwire.signalr.hosting.RefusedRequest;
import io.hubwire.signalr.hosting.RequestRefusedException;
import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.metrics.Limit;
import io.hubwire.signalr.protocol.Json;
import io.hubwire.signalr.protocol.Jsonp;
import io.hubwire.signalr.protocol.ProtocolVersion;
import io.hubwire.signalr.security.ConnectionToken;
import io.hubwire.signalr.security.GroupsToken;
import io.hubwire.signalr.tracing.SourceName;
import io.hubwire.signalr.transport.Heartbeat;
import io.hubwire.signalr.transport.SessionLimits;
import io.hubwire.signalr.transport.TransportKind;
import io.hubwire.signalr.transport.TransportSession;
import io.hubwire.signalr.transport.Transports;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * Serves one mapping: checks a request in the order of protocol §1.3 and hands it to its operation. Everything up to the point where a transport opens
 * or user code starts runs on the request thread, so that a refusal is always an HTTP status.
 */
public final class ConnectionDispatcher implements HostHandler {
    private static final String JSON = "application/json; charset=UTF-8";
    private static final String JAVASCRIPT = "application/javascript; charset=UTF-8";
    private static final String MISSING_TOKEN = "Protocol error: Missing connection token.";
    private static final String UNKNOWN_TRANSPORT = "Protocol error: Unknown transport.";
    private static final String SHUTTING_DOWN = "The server is shutting down.";
    private static final String UNREADABLE_TOKEN = "The ConnectionId is in the incorrect format.";
    private static final String OTHER_USER =
            "Unrecognized user identity.  The user identity cannot change during an active SignalR connection.";
    private static final byte[] NOTHING = {};

    private final ConnectionEndpoint endpoint;
    private final ConnectionServices services;
    private final BusSignalPublisher publisher;
    private final NegotiateOperation negotiate;
    private final Logger log;
    private final ConnectionTrace trace;
    private final boolean jsonp;

    /**
     * @param path where the endpoint is mapped below the context path, such as {@code /signalr}
     * @param jsonp whether {@code callback} is honoured; off by default, since it goes around the same-origin policy
     */
    public ConnectionDispatcher(String path, boolean jsonp, ConnectionEndpoint endpoint, ConnectionServices services) {
        this.endpoint = endpoint;
        this.services = services;
        this.log = services.tracing().of(SourceName.PERSISTENT_CONNECTION);
        this.trace = new ConnectionTrace(services.tracing());
        this.jsonp = jsonp;
        this.publisher = new BusSignalPublisher(services.bus(), services.heartbeat());
        this.negotiate = new NegotiateOperation(path, services);
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
            exchange.respond(403, null, NOTHING);
            return;
        }
        exchange.header("X-Content-Type-Options", "nosniff");
        if (request.attribute(RefusedRequest.ATTRIBUTE).orElse(null) instanceof RefusedRequest refused) {
            refuse(exchange, refused.status(), refused.message());
            return;
        }
        if (callback.isPresent() && !Jsonp.isValidCallback(callback.get())) {
            refuse(exchange, 400, "The callback is not a valid JavaScript function name.");
            return;
        }
        Admission admission = endpoint.admit(request);
        if (admission instanceof Admission.Malformed malformed) {
            refuse(exchange, malformed.status(), malformed.text());
        } else if (admission instanceof Admission.Denied) {
            deny(exchange);
        } else {
            granted(exchange, callback, ((Admission.Granted) admission).scope());
        }
    }

    private void deny(HostExchange exchange) {
        int status = exchange.request().user().isPresent() ? 403 : 401;
        log.log(Level.DEBUG, () -> "refused with " + status + ": not authorized");
        exchange.respond(status, null, NOTHING);
    }

    private void granted(HostExchange exchange, Optional<String> callback, Object scope) {
        ScopedExchange scoped =
                new ScopedExchange(exchange, new ScopeHolds(endpoint.disposal(scope), services.workers()));
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
            case PING -> answerJson(exchange, callback, "{ \"Response\": \"pong\" }");
            default -> dispatchConnected(exchange, callback, scope, operation);
        }
    }

    private void negotiate(HostExchange exchange, Optional<String> callback) {
        if (sendsElsewhere(exchange)) {
            return;
        }
        try {
            answerJson(exchange, callback, negotiate.answer(exchange.request()));
            log.log(Level.TRACE, "negotiated");
        } catch (RequestRefusedException refused) {
            refuse(exchange, refused);
        }
    }

    private void dispatchConnected(
            ScopedExchange exchange, Optional<String> callback, Object scope, Operation operation) {
        HostRequest request = exchange.request();
        Optional<TransportKind> transport = TransportKind.ofWireName(
                        request.query().text("transport"))
                .filter(services.transports().transports()::contains);
        if (transport.isEmpty()) {
            refuse(exchange, 400, UNKNOWN_TRANSPORT);
            return;
        }
        String token = request.query().text("connectionToken");
        if (token.isEmpty()) {
            refuse(exchange, 400, MISSING_TOKEN);
            return;
        }
        ConnectionIdResult result = endpoint.tryGetConnectionId(request, scope, token, verdict(request, token));
        if (result instanceof ConnectionIdResult.Refused refused) {
            refuse(exchange, refused.status(), refused.message());
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
            case START -> start(exchange, callback, request);
            case SEND -> send(exchange, callback, request);
            case ABORT -> abort(exchange, request);
            default -> receive(operation, exchange, callback, request);
        }
    }

    private void start(HostExchange exchange, Optional<String> callback, ConnectionRequest request) {
        onWorker(exchange, request, () -> endpoint.onConnected(request)).whenComplete((done, failure) -> {
            if (failure == null) {
                services.metrics().increment(Counter.CONNECTIONS_CONNECTED);
                trace.connections().log(Level.DEBUG, () -> "Connection " + request.connectionId() + " has connected");
                answerJson(exchange, callback, "{ \"Response\": \"started\" }");
            } else {
                fail(exchange, "onConnected", failure);
            }
        });
    }

    private void send(HostExchange exchange, Optional<String> callback, ConnectionRequest request) {
        if (request.transport() == TransportKind.WEB_SOCKETS) {
            refuse(exchange, 400, "Not a valid web socket request.");
            return;
        }
        Optional<Duration> wait = services.overCallRate(request.connectionId());
        if (wait.isPresent()) {
            exchange.header("Retry-After", String.valueOf(wait.get().toSeconds() + 1));
            refuse(exchange, 429, services.callRateText());
            return;
        }
        withForm(exchange, form -> {
            String data = form.get("data").or(() -> dataInQuery(request)).orElse(null);
            services.metrics().increment(Counter.CONNECTION_MESSAGES_SENT);
            onWorker(exchange, request, () -> endpoint.onReceived(request, data))
                    .whenComplete((answer, failure) -> {
                        if (failure == null) {
                            answerSend(exchange, callback, request, answer);
                        } else {
                            fail(exchange, "onReceived", failure);
                        }
                    });
        });
    }

    private static Optional<String> dataInQuery(ConnectionRequest request) {
        return request.transport() == TransportKind.LONG_POLLING
                ? request.host().query().get("data")
                : Optional.empty();
    }

    private static void answerSend(
            HostExchange exchange, Optional<String> callback, ConnectionRequest request, Optional<byte[]> answer) {
        if (answer.isEmpty()) {
            exchange.respond(200, null, NOTHING);
        } else if (request.transport() == TransportKind.FOREVER_FRAME) {
            String escaped = Json.escapeHtml(new String(answer.get(), StandardCharsets.UTF_8));
            exchange.respond(200, JSON, escaped.getBytes(StandardCharsets.UTF_8));
        } else if (callback.isPresent() && request.transport() == TransportKind.LONG_POLLING) {
            String json = new String(answer.get(), StandardCharsets.UTF_8);
            exchange.respond(200, JAVASCRIPT, Jsonp.wrap(callback.get(), json).getBytes(StandardCharsets.UTF_8));
        } else {
            exchange.respond(200, JSON, answer.get());
        }
    }

    private void abort(HostExchange exchange, ConnectionRequest request) {
        exchange.respond(200, "text/plain", NOTHING);
        publisher.abort(request.connectionId());
    }

    private void receive(
            Operation operation, ScopedExchange exchange, Optional<String> callback, ConnectionRequest request) {
        if (operation.asReceiveOver(request.transport()) != Operation.POLL && sendsElsewhere(exchange)) {
            return;
        }
        Optional<String> refusal = Transports.refusal(request.transport(), exchange);
        if (refusal.isPresent()) {
            refuse(exchange, 400, refusal.get());
        } else if (request.transport() == TransportKind.WEB_SOCKETS) {
            if (isAllowedOrigin(request.host())) {
                open(operation, exchange, callback, request, request.host().query());
            } else {
                refuse(exchange, 403, "The origin of this request is not allowed.");
            }
        } else if (request.transport() == TransportKind.LONG_POLLING) {
            withForm(exchange, form -> open(operation, exchange, callback, request, form));
        } else {
            open(operation, exchange, callback, request, request.host().query());
        }
    }

    /** While the node is drained: a load balancer goes to the next one. */
    private boolean sendsElsewhere(HostExchange exchange) {
        Optional<Duration> drained = services.heartbeat().drained();
        drained.ifPresent(rest -> refuseForGood(exchange, rest));
        return drained.isPresent();
    }

    private void refuseForGood(HostExchange exchange, Duration retryAfter) {
        exchange.header("Retry-After", String.valueOf(retryAfter.toSeconds()));
        refuse(exchange, 503, SHUTTING_DOWN);
    }

    private boolean isAllowedOrigin(HostRequest request) {
        String origin = request.header("Origin").orElse(null);
        return services.origins().allows(origin, request.scheme(), request.serverName(), request.serverPort());
    }

    /** @param second where the cursor and the groups token may stand if they are not in the query (protocol §1.3 step 11) */
    private void open(
            Operation operation,
            ScopedExchange exchange,
            Optional<String> callback,
            ConnectionRequest request,
            Parameters second) {
        ProtocolVersion version = ProtocolVersion.negotiate(
                request.host().query().get("clientProtocol").orElse(null));
        ReceiveRequest receive = new ReceiveRequest(
                operation.asReceiveOver(request.transport()),
                version.delayedStart(),
                present(request.host().query(), second, "messageId"),
                present(request.host().query(), second, "groupsToken"));
        SubscriptionRequest interest;
        try {
            interest = interest(request, receive);
        } catch (RuntimeException
                | Error failure) { // the endpoint's; after the body has come, the host would not see it
            fail(exchange, "What to listen to", failure);
            return;
        }
        ClientConnection connection =
                new ClientConnection(endpoint, services, trace, request, exchange.holds(), receive, interest);
        Heartbeat.Entrance entrance = connection.enter();
        if (entrance instanceof Heartbeat.Full full) {
            refuse(exchange, noRoom(full.limit()));
        } else if (entrance instanceof Heartbeat.Closed) {
            refuseForGood(exchange, Duration.ofSeconds(1));
        } else {
            openOrForget(exchange, callback, request.transport(), connection);
        }
    }

    private RequestRefusedException noRoom(Limit limit) {
        SessionLimits most = services.heartbeat().limits();
        return switch (limit) {
            case CONNECTIONS_PER_USER ->
                new RequestRefusedException(
                        limit, 429, "A user may have at most " + most.mostPerUser() + " connections.");
            case CONNECTIONS_PER_ADDRESS ->
                new RequestRefusedException(
                        limit, 429, "An address may have at most " + most.mostPerAddress() + " connections.");
            default ->
                new RequestRefusedException(limit, 503, "The server takes at most " + most.most() + " connections.");
        };
    }

    /** A host that fails to begin the answer must not leave a client that nobody will ever end. */
    private static void openOrForget(
            HostExchange exchange, Optional<String> callback, TransportKind kind, ClientConnection connection) {
        try {
            Transports.open(kind, exchange, callback, connection);
        } catch (RuntimeException failure) {
            connection.onClosed(false);
            throw failure;
        }
    }

    private SubscriptionRequest interest(ConnectionRequest request, ReceiveRequest receive) {
        String commandTopic = BusSignalPublisher.commandTopic(request.connectionId());
        Set<String> topics = new LinkedHashSet<>(endpoint.signals(request));
        topics.add(commandTopic);
        Optional<GroupsToken> groups = receive.groupsToken()
                .flatMap(token -> GroupsToken.unprotect(services.keys(), token, request.connectionId()));
        return new SubscriptionRequest(
                request.connectionId(),
                commandTopic,
                topics,
                groups.map(claims -> rejoined(request, claims)).orElse(List.of()),
                groups.map(GroupsToken::issuedAt),
                receive.cursor(),
                request.transport() == TransportKind.LONG_POLLING
                        ? services.limits().maxMessagesPerPoll()
                        : services.limits().maxMessagesPerFrame(),
                services.limits().overflow(),
                new GroupLimits(request.connectionId(), services.limits().maxGroups()));
    }

    private List<Membership> rejoined(ConnectionRequest request, GroupsToken claims) {
        List<String> names =
                claims.groups().stream().map(GroupsToken.Group::name).toList();
        Set<String> allowed = new HashSet<>(endpoint.rejoin(request, names));
        return claims.groups().stream()
                .filter(group -> allowed.contains(group.name()))
                .limit(services.limits().maxGroups())
                .map(group -> new Membership(group.name(), group.joinedAt()))
                .toList();
    }

    private static Optional<String> present(Parameters first, Parameters second, String name) {
        return first.get(name).or(() -> second.get(name)).filter(value -> !value.isEmpty());
    }

    private interface FormUser {
        void accept(Parameters form);
    }

    private void withForm(HostExchange exchange, FormUser user) {
        exchange.request().form().whenComplete((form, failure) -> {
            if (failure == null) {
                use(form, user, exchange);
            } else if (cause(failure) instanceof RequestRefusedException refusal) {
                refuse(exchange, refusal);
            } else {
                refuse(exchange, 400, "The request body could not be read.");
            }
        });
    }

    /** What a form's user throws would be lost with the stage of the form, and the client would wait for ever. */
    private void use(Parameters form, FormUser user, HostExchange exchange) {
        try {
            user.accept(form);
        } catch (RuntimeException failure) {
            fail(exchange, "A request with a form", failure);
        }
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
            refuse(exchange, 503, "The server is too busy for this call.");
        }
        return result;
    }

    private void fail(HostExchange exchange, String event, Throwable failure) {
        log.log(Level.DEBUG, () -> event + " failed", cause(failure));
        services.metrics().error(Counter.ERRORS_ALL, "SignalR.PersistentConnection", event + " failed", failure);
        exchange.respond(500, null, NOTHING);
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static String userName(HostRequest request) {
        return request.user().map(Principal::getName).orElse(null);
    }

    private static void answerJson(HostExchange exchange, Optional<String> callback, String json) {
        if (callback.isPresent()) {
            byte[] call = Jsonp.wrap(callback.get(), json).getBytes(StandardCharsets.UTF_8);
            exchange.respond(200, JAVASCRIPT, call);
        } else {
            exchange.respond(200, JSON, json.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void refuse(HostExchange exchange, RequestRefusedException refusal) {
        refusal.limit().ifPresent(this::refused);
        refuse(exchange, refusal.status(), refusal.getMessage());
    }

    private void refuse(HostExchange exchange, int status, String text) {
        log.log(Level.DEBUG, () -> "refused with " + status + ": " + text);
        exchange.respond(status, null, text.getBytes(StandardCharsets.UTF_8));
    }
}
