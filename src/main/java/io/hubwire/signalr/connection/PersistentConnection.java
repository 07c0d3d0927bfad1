package io.hubwire.signalr.connection;

import io.hubwire.signalr.hosting.HostRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What an application extends to exchange messages with clients without hubs (protocol §12): {@code $.connection("/echo")} in a page. Mapped at a path, by
 * {@code SignalR.connection} or {@code web.config}; the class needs no more than a public constructor without parameters, or to be something that CDI can make.
 *
 * <p>As in the original, an instance is made for each HTTP request: negotiation, {@code /start}, each poll and each {@code /send} has its own. The one that was
 * made for a WebSocket or a stream serves it to its end, for a WebSocket with all that it receives, and gets its disconnect event; the one of a poll, that of a client that does not
 * come back. When nothing more can happen to an instance it is disposed of: by CDI where that has made it, otherwise by {@code close} if it is {@link AutoCloseable};
 * on a worker thread, and not when the server has shut down by then.
 *
 * <p>Events may block; they run on the deployment's worker threads. {@link #authorizeRequest}, {@link #tryGetConnectionId}, {@link #signals} and {@link
 * #onRejoiningGroups} decide the HTTP status and run on the request's thread, for every client that is on its way in: they should be quick.
 *
 * <p>The full name of the class is part of its topics and groups: renaming it takes clients that are away out of their groups, and two mappings of one class
 * share their broadcasts.
 */
public abstract class PersistentConnection {
    private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

    private ConnectionContext context; // set once, before the first request sees the instance
    private volatile ConnectionGap gap; // set once, before onReconnected

    /* --- what it may do --- */

    /**
     * Sends to clients of this type. Not to be called by a constructor.
     *
     * @throws IllegalStateException when the application made this instance itself
     */
    protected final Connection connection() {
        return context().connection();
    }

    /**
     * The groups of this type. Not to be called by a constructor.
     *
     * @throws IllegalStateException when the application made this instance itself
     */
    protected final ConnectionGroupManager groups() {
        return context().groups();
    }

    /** In {@link #onReconnected}: what the client missed while it was away, and will never get. */
    protected final Optional<ConnectionGap> gap() {
        return Optional.ofNullable(gap);
    }

    /* --- what it may decide --- */

    /**
     * Whether the request may go on (protocol §10.6). Asked before anything else for every request, negotiation and ping included. False is answered with 401,
     * or 403 when the user is known.
     */
    protected boolean authorizeRequest(HostRequest request) {
        return true;
    }

    /**
     * Whose request this is, by its token (protocol §1.3 steps 9 and 10).
     *
     * @param connectionToken as sent
     * @param verdict the library's own: the id that was negotiated, or the refusal of a token that is unreadable or another user's
     * @return what counts; a refusal's status and message are what the client gets
     */
    protected ConnectionIdResult tryGetConnectionId(
            HostRequest request, String connectionToken, ConnectionIdResult verdict) {
        return verdict;
    }

    /**
     * The topics that a connection listens to, besides the one of its id and those of its groups (protocol §7.1): {@link Connection#defaultSignal}, unless overridden.
     *
     * @param userId empty for an anonymous client
     */
    protected List<String> signals(Optional<String> userId, String connectionId) {
        return List.of(connection().defaultSignal());
    }

    /**
     * Which groups a client that comes back is in again (protocol §8.4). The client keeps the proof of its groups, so one that was removed may show an older
     * proof: an application that cannot have that decides here.
     *
     * @param groups names with the full name of the class in front, as in the token: {@code com.example.Echo.room1} for the group {@code room1}
     * @return some of {@code groups}; others are ignored
     */
    protected List<String> onRejoiningGroups(HostRequest request, List<String> groups, String connectionId) {
        return groups;
    }

    /* --- what it is told --- */

    /** A client has started. A failed stage or an exception refuses the start; null means done. */
    protected CompletionStage<?> onConnected(HostRequest request, String connectionId) {
        return DONE;
    }

    /**
     * A client has reopened its connection (protocol §5.7); {@link #gap} says what it missed, if anything. A failed stage or an exception ends the
     * receive request; null means done.
     */
    protected CompletionStage<?> onReconnected(HostRequest request, String connectionId) {
        return DONE;
    }

    /**
     * A client has sent something. Over HTTP the client is answered when the stage is complete: 200 without a body, or 500 after a failure. Over WebSockets
     * there is no answer, and a failure is traced only. Null means done.
     *
     * @param request that of the message over HTTP, that of the upgrade over WebSockets
     * @param data null when the client has sent none
     */
    protected CompletionStage<?> onReceived(HostRequest request, String connectionId, String data) {
        return DONE;
    }

    /**
     * A connection has ended; of one that never started as well. A failure is traced and changes nothing; null means done. Not told when the server shuts down.
     *
     * @param request the receive request that ended
     * @param stopCalled true when the client asked for the end, false when it vanished (protocol §5.5)
     */
    protected CompletionStage<?> onDisconnected(HostRequest request, String connectionId, boolean stopCalled) {
        return DONE;
    }

    /**
     * Messages for this connection were lost: it was too slow, or away for too long. For a reconnect this comes before {@link #onReconnected}. A failure is
     * traced; null means done.
     */
    protected CompletionStage<?> onGap(HostRequest request, String connectionId, ConnectionGap missed) {
        return DONE;
    }

    final void initialize(ConnectionContext entered) {
        this.context = entered;
    }

    final void missed(ConnectionGap told) {
        this.gap = told;
    }

    private ConnectionContext context() {
        if (context == null) {
            throw new IllegalStateException(
                    "The PersistentConnection is not initialized. To send from outside of one, use"
                            + " GlobalHost.connectionManager().connectionContext("
                            + getClass().getSimpleName() + ".class).");
        }
        return context;
    }
}
