package io.hubwire.signalr.connection;

import io.hubwire.signalr.hosting.HostExchange;
import io.hubwire.signalr.hosting.HostRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What a mapping decides about its connections: hubs and persistent connections each implement it. Everything that may run user code is
 * called on the deployment's worker threads or, where the answer decides the HTTP status, on the request thread; never on a loop, a timer or
 * under a lock.
 */
public interface ConnectionEndpoint {

    /**
     * Answers requests that are no connection operation, such as the proxy script (protocol §1.3 step 4).
     *
     * @return whether the exchange was answered
     */
    boolean answer(HostExchange exchange);

    /**
     * Reads what the request asks to take part in and checks that its user may (protocol §1.3 step 3, §10.2). Runs for every request, before anything else.
     *
     * @return what the request may do; {@link Admission.Denied} becomes 401 or 403, {@link Admission.Malformed} 400 or 500
     */
    Admission admit(HostRequest request);

    /** The verdict on a request. */
    sealed interface Admission {

        /**
         * The request may go on.
         *
         * @param scope the endpoint's own notes on this request (for hubs: the authorized hubs), handed back in every later call
         */
        record Granted(Object scope) implements Admission {}

        /** Not allowed: 401 when anonymous, 403 otherwise. */
        record Denied() implements Admission {}

        /**
         * The request's connection data make no sense.
         *
         * @param status 400 or 500 (protocol §1.4)
         * @param text short, for the client; no echo of its input beyond what the protocol document quotes
         */
        record Malformed(int status, String text) implements Admission {}
    }

    /**
     * Whose request this is, by its connection token (protocol §1.3 steps 9 and 10).
     *
     * @param scope what {@link #admit} returned for this request
     * @param verdict what the token proves as it was issued
     */
    default ConnectionIdResult tryGetConnectionId(
            HostRequest request, Object scope, String connectionToken, ConnectionIdResult verdict) {
        return verdict;
    }

    /** What disposes of a request's scope, to be run once on a worker thread when nothing of the request is left; empty when nothing does. */
    default Optional<Runnable> disposal(Object scope) {
        return Optional.empty();
    }

    /** The topics of a connection (protocol §7.1), its command topic left out. */
    List<String> signals(ConnectionRequest request);

    /**
     * Which of the groups of a valid token are joined again (protocol §8.4).
     *
     * @param groups full signals, such as {@code hg-ChatHub.room1}
     * @return some of {@code groups}
     */
    List<String> rejoin(ConnectionRequest request, List<String> groups);

    CompletionStage<?> onConnected(ConnectionRequest request);

    CompletionStage<?> onReconnected(ConnectionRequest request);

    /**
     * The connection ended; told once.
     *
     * @param stopCalled true when the client asked for the end, false when it vanished (protocol §5.5)
     */
    CompletionStage<?> onDisconnected(ConnectionRequest request, boolean stopCalled);

    /**
     * A payload from the client. The stage gives what the sender is answered: a hub response, or empty for a plain 200. A failed stage
     * is a 500 over HTTP and silence over WebSockets (protocol §1.4), but {@link UnserializableResultException} closes a WebSocket.
     */
    CompletionStage<Optional<byte[]>> onReceived(ConnectionRequest request, String data);

    /** Messages for this connection were lost; see {@link ConnectionRequest#gap}. */
    CompletionStage<?> onGap(ConnectionRequest request, ConnectionGap gap);
}
