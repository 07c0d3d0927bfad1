package io.hubwire.signalr.connection;

import io.hubwire.signalr.bus.Membership;
import io.hubwire.signalr.bus.SubscriptionRequest;
import io.hubwire.signalr.hosting.HostExchange;
import io.hubwire.signalr.hosting.HostRequest;
import io.hubwire.signalr.hosting.Parameters;
import io.hubwire.signalr.hosting.RequestRefusedException;
import io.hubwire.signalr.metrics.Limit;
import io.hubwire.signalr.protocol.ProtocolVersion;
import io.hubwire.signalr.security.GroupsToken;
import io.hubwire.signalr.transport.Heartbeat;
import io.hubwire.signalr.transport.SessionLimits;
import io.hubwire.signalr.transport.TransportKind;
import io.hubwire.signalr.transport.Transports;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Connect, reconnect and poll: lets a client in and opens its transport (protocol §1.3 steps 11 and following). Called on the request thread, which it does not block, so that a
 * refusal is always an HTTP status.
 */
final class ReceiveOperation {
    private final ConnectionEndpoint endpoint;
    private final ConnectionServices services;
    private final ConnectionTrace trace;
    private final Answers answers;
    private final RequestForms forms;

    ReceiveOperation(
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

    void receive(Operation operation, ScopedExchange exchange, Optional<String> callback, ConnectionRequest request) {
        if (operation.asReceiveOver(request.transport()) != Operation.POLL && sendsElsewhere(exchange)) {
            return;
        }
        Optional<String> refusal = Transports.refusal(request.transport(), exchange);
        if (refusal.isPresent()) {
            answers.refused(exchange, 400, refusal.get());
        } else if (request.transport() == TransportKind.WEB_SOCKETS) {
            if (isAllowedOrigin(request.host())) {
                open(operation, exchange, callback, request, request.host().query());
            } else {
                answers.refused(exchange, 403, "The origin of this request is not allowed.");
            }
        } else if (request.transport() == TransportKind.LONG_POLLING) {
            forms.read(exchange, form -> open(operation, exchange, callback, request, form));
        } else {
            open(operation, exchange, callback, request, request.host().query());
        }
    }

    private boolean sendsElsewhere(HostExchange exchange) {
        Optional<Duration> drained = services.heartbeat().drained();
        drained.ifPresent(rest -> answers.sentElsewhere(exchange, rest));
        return drained.isPresent();
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
            answers.failed(exchange, "What to listen to", failure);
            return;
        }
        ClientConnection connection =
                new ClientConnection(endpoint, services, trace, request, exchange.holds(), receive, interest);
        Heartbeat.Entrance entrance = connection.enter();
        if (entrance instanceof Heartbeat.Full full) {
            answers.refused(exchange, noRoom(full.limit()));
        } else if (entrance instanceof Heartbeat.Closed) {
            answers.sentElsewhere(exchange, Duration.ofSeconds(1));
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
}
