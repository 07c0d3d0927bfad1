package io.hubwire.signalr.connection;

import io.hubwire.signalr.bus.Batch;
import io.hubwire.signalr.bus.BusException;
import io.hubwire.signalr.bus.Command;
import io.hubwire.signalr.bus.Gap;
import io.hubwire.signalr.bus.Membership;
import io.hubwire.signalr.bus.Message;
import io.hubwire.signalr.bus.Subscriber;
import io.hubwire.signalr.bus.Subscription;
import io.hubwire.signalr.bus.SubscriptionRequest;
import io.hubwire.signalr.concurrent.Registration;
import io.hubwire.signalr.concurrent.SerialExecutor;
import io.hubwire.signalr.hosting.ExpiringPrincipal;
import io.hubwire.signalr.hosting.WireText;
import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.metrics.Gauge;
import io.hubwire.signalr.metrics.Limit;
import io.hubwire.signalr.protocol.FrameWriter;
import io.hubwire.signalr.security.ClientAddress;
import io.hubwire.signalr.transport.Heartbeat;
import io.hubwire.signalr.transport.Peer;
import io.hubwire.signalr.transport.Receiver;
import io.hubwire.signalr.transport.Transport;
import io.hubwire.signalr.transport.TransportKind;
import io.hubwire.signalr.transport.TransportListener;
import java.lang.System.Logger.Level;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One receive request of one client: a transport on one side, a bus subscription on the other.
 *
 * <p>Everything below the line "loop only" belongs to the subscription's delivery loop; calls from other threads are passed on to it. At most one
 * write is in flight: while it is, a batch that has come is held (there is never a second one), and answers to calls queue up to the number of calls
 * in flight. User code runs on workers only.
 *
 * <p>The request's scope is held by its place in the session, from which its disconnect event may come after its end, by its pipe and by its subscription.
 */
final class ClientConnection implements Receiver, TransportListener, Subscriber {
    private static final int POLICY_VIOLATION = 1008;
    private static final int TRY_AGAIN_LATER = 1013;
    private static final int INTERNAL_ERROR = 1011;
    private static final int MOST_EVENTS = 64; // more are waiting only if the hub is slow and losing messages

    private final ConnectionEndpoint endpoint;
    private final ConnectionServices services;
    private final ScopeHolds holds;
    private final AtomicBoolean inSession = new AtomicBoolean(true); // until it is replaced, ended or shut down
    private final ConnectionTrace trace;
    private final ReceiveRequest receive;
    private final SubscriptionRequest interest;
    private final Peer peer;
    private final CallSequence calls;
    private final SerialExecutor events; // so that a reconnect is told before the disconnect that follows it
    private final long openedNanos = System.nanoTime();

    private ConnectionRequest request; // set anew once by enter, with what is kept for the connection
    private Heartbeat.Entry entry; // set once by enter, before the transport opens
    private Transport transport; // set once by onOpen, before the subscription begins
    private volatile Subscription
            subscribing; // set once by onOpen: the same, but only its tasks may be used before the attach
    private volatile Subscription subscription; // set once, on the loop, when it is attached
    private volatile Ending requestedEnding = Ending.NONE; // also remembers an end that came before the subscription
    // among the current connections; a peer may leave before, while or after its transport opens
    private final AtomicReference<Counted> counted = new AtomicReference<>(Counted.NOT_YET);
    private volatile boolean closed; // the pipe is gone
    private volatile boolean detached; // the subscription has ended

    // --- loop only ---
    private Batch held;
    private final Deque<WireText> replies = new ArrayDeque<>();
    private Set<String> announcedGroups = Set.of();
    private boolean groupsMoved; // since a frame last accounted for them
    private boolean writing;
    private boolean frameInFlight;
    private boolean initialize;
    private boolean ended;

    ClientConnection(
            ConnectionEndpoint endpoint,
            ConnectionServices services,
            ConnectionTrace trace,
            ConnectionRequest request,
            ScopeHolds holds,
            ReceiveRequest receive,
            SubscriptionRequest interest) {
        this.endpoint = endpoint;
        this.services = services;
        this.trace = trace;
        this.request = request;
        this.holds = holds;
        this.receive = receive;
        this.interest = interest;
        this.peer = new Peer(
                request.host().user().map(Principal::getName),
                ClientAddress.network(request.host().remoteAddress()));
        this.calls = new CallSequence(services);
        this.events = new SerialExecutor(services.workers(), MOST_EVENTS);
    }

    private enum Counted {
        NOT_YET,
        YES,
        OVER
    }

    private enum Ending {
        NONE,
        /** Open for long enough: the client will reconnect, and until then an abort must be heard. */
        TIME_OUT,
        /** Replacement or abort. */
        PLAIN,
        /** The host shuts down, or the application has ended the connection: a poll tells its client to reconnect (protocol §4.1, {@code T}). */
        TO_RECONNECT
    }

    /** Takes the place of an earlier request of this client; unless it is let in, nothing may follow. */
    Heartbeat.Entrance enter() {
        holds.take(); // the session's
        holds.take(); // the pipe's
        Heartbeat.Entrance entrance = services.heartbeat().enter(this);
        if (entrance instanceof Heartbeat.Entry entered) {
            entry = entered;
            request = request.withItems(entered.session().items());
        } else {
            leaveSession();
            holds.release();
        }
        return entrance;
    }

    private void leaveSession() {
        if (inSession.compareAndSet(true, false)) {
            holds.release();
        }
    }

    // --- Receiver: timer and request threads ---

    @Override
    public String connectionId() {
        return request.connectionId();
    }

    @Override
    public Peer peer() {
        return peer;
    }

    @Override
    public TransportKind kind() {
        return request.transport();
    }

    @Override
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - openedNanos);
    }

    @Override
    public void keepAlive() {
        Subscription attached = subscription;
        if (attached != null) {
            attached.execute(this::writeKeepAlive);
        }
    }

    @Override
    public void timeOut() {
        trace.ended(this, receive.operation(), hasExpired() ? "its credentials have run out" : "its time is over");
        endSoon(Ending.TIME_OUT);
    }

    @Override
    public void replaced() {
        if (!closed) {
            trace.ended(this, receive.operation(), "another request has taken its place");
        }
        endSoon(Ending.PLAIN);
        leaveSession();
    }

    @Override
    public void shutDown() {
        trace.ended(this, receive.operation(), "the server shuts down");
        endSoon(Ending.TO_RECONNECT);
        leaveSession();
    }

    @Override
    public boolean hasExpired() {
        return request.host().user().orElse(null) instanceof ExpiringPrincipal user
                && !Instant.now().isBefore(user.expiresAt());
    }

    @Override
    public void vanished() {
        endSoon(Ending.PLAIN);
        raiseDisconnected(false);
    }

    @Override
    public void stopped() {
        endSoon(Ending.PLAIN);
        raiseDisconnected(true);
    }

    private void endSoon(Ending ending) {
        requestedEnding = ending;
        Subscription attached = subscription;
        if (attached != null && !detached) {
            attached.execute(() -> finish(ending));
        }
    }

    // --- TransportListener: any thread ---

    @Override
    public void onOpen(Transport opened) {
        transport = opened;
        trace.opened(this, receive.operation());
        if (counted.compareAndSet(Counted.NOT_YET, Counted.YES)) {
            services.metrics().increment(Gauge.CONNECTIONS_CURRENT);
            services.metrics().increment(gauge());
        }
        holds.take(); // the subscription's
        try {
            subscribing = services.bus().subscribe(interest, this);
        } catch (BusException refused) {
            holds.release();
            trace.connections().log(Level.WARNING, "A connection was refused: " + refused.getMessage());
            error("The bus refused a connection", refused);
            services.heartbeat().left(entry.session(), this);
            opened.end(TRY_AGAIN_LATER, "The server is too busy.");
        }
    }

    @Override
    public void onWritten() {
        subscription.execute(this::written);
    }

    @Override
    public void onReceived(String data) {
        trace.received(this, data);
        if (hasExpired()) {
            timeOut();
            return;
        }
        services.metrics().increment(Counter.CONNECTION_MESSAGES_SENT);
        if (services.overCallRate(connectionId()).isPresent()) {
            endWith(POLICY_VIOLATION, services.callRateText());
            return;
        }
        switch (calls.enter()) {
            case ADMITTED -> begin(data);
            case OVERLOADED -> refuseToWait();
            case CLOSED -> trace.connections().log(Level.DEBUG, "A call came after the end of its connection.");
        }
    }

    @Override
    public void onRefused(Limit limit) {
        trace.refused(this, "it went beyond the limit " + limit);
        services.metrics().refused(limit);
    }

    @Override
    public void onClosed(boolean clean) {
        closed = true;
        trace.ended(this, receive.operation(), clean ? "its transport is closed" : "its transport is lost");
        Counted before = counted.getAndSet(Counted.OVER);
        if (!clean && before != Counted.OVER) {
            services.metrics().countError(Counter.ERRORS_TRANSPORT);
        }
        if (before == Counted.YES) {
            services.metrics().decrement(Gauge.CONNECTIONS_CURRENT);
            services.metrics().decrement(gauge());
        }
        services.heartbeat().left(entry.session(), this);
        calls.close();
        Subscription attached = subscription;
        if (attached != null) {
            attached.execute(this::goOnWithCommandsOnly);
        }
        if (before != Counted.OVER) {
            holds.release();
        }
    }

    private Gauge gauge() {
        return switch (kind()) {
            case WEB_SOCKETS -> Gauge.CONNECTIONS_CURRENT_WEB_SOCKETS;
            case SERVER_SENT_EVENTS -> Gauge.CONNECTIONS_CURRENT_SERVER_SENT_EVENTS;
            case FOREVER_FRAME -> Gauge.CONNECTIONS_CURRENT_FOREVER_FRAME;
            case LONG_POLLING -> Gauge.CONNECTIONS_CURRENT_LONG_POLLING;
        };
    }

    // --- calls: workers ---

    private void begin(String data) {
        holds.take();
        Registration inFlight = services.calls().begin(connectionId());
        calls.run(() -> call(data, inFlight), () -> {
            inFlight.close();
            callRefused();
        });
    }

    private void call(String data, Registration inFlight) {
        Stages.start(() -> endpoint.onReceived(request, data)).whenComplete((answer, failure) -> {
            holds.release();
            if (failure != null) {
                callFailed(failure);
            } else if (answer.isPresent()) {
                onLoop(() -> reply(WireText.ofUtf8(answer.get())));
            } else {
                calls.leave();
            }
            inFlight.close(); // whoever ends the connection for want of calls comes to the loop after the answer
        });
    }

    private void callFailed(Throwable failure) {
        trace.connections()
                .log(
                        Level.DEBUG,
                        "A call over a WebSocket failed; its sender is not answered (protocol §1.4).",
                        failure);
        error("A call over a WebSocket failed", failure);
        calls.leave();
        if (isUnserializable(failure)) {
            endWith(INTERNAL_ERROR, "A result could not be serialized.");
        }
    }

    private static boolean isUnserializable(Throwable failure) {
        return failure instanceof UnserializableResultException
                || failure.getCause() instanceof UnserializableResultException;
    }

    private void refuseToWait() {
        services.metrics().refused(Limit.BLOCKED_READERS);
        endWith(
                TRY_AGAIN_LATER,
                "At most " + services.limits().maxBlockedReaders() + " connections may wait for their calls.");
    }

    private void callRefused() {
        holds.release();
        services.metrics().refused(Limit.WORKERS);
        endWith(TRY_AGAIN_LATER, "The server is too busy.");
    }

    private void endWith(int closeCode, String reason) {
        trace.refused(this, reason);
        onLoop(() -> transport.end(closeCode, reason));
    }

    /** From the opening on; before the attach as well, when there are no answers yet to loop-only questions. */
    private void onLoop(Runnable task) {
        Subscription attached = subscription;
        (attached != null ? attached : subscribing).execute(task);
    }

    // --- Subscriber: the loop ---

    @Override
    public void onAttached(Subscription attached, Optional<Gap> missed) {
        announcedGroups = topicsOf(interest.groups());
        groupsMoved = !announcedGroups.isEmpty(); // the log may know of leaves since the token was issued
        subscription = attached;
        if (requestedEnding != Ending.NONE) {
            endBeforeItBegan(missed);
            return;
        }
        if (closed) {
            goOnWithCommandsOnly();
        }
        Optional<ConnectionGap> gap = missed.map(ClientConnection::describe);
        gap.ifPresent(this::reportGap);
        switch (receive.operation()) {
            case CONNECT -> initialize();
            case RECONNECT -> reconnected(gap);
            default -> {} // a poll goes on
        }
        writeNextReply();
    }

    @Override
    public void onBatch(Batch batch) {
        if (writing) {
            held = batch;
        } else {
            writeFrame(batch);
        }
    }

    @Override
    public boolean onCommand(Command command, long offset) {
        if (command instanceof Command.Initialize) {
            initialize = true;
        } else if (command instanceof Command.Abort) {
            return aborted(offset);
        } else if (command instanceof Command.Disconnect) {
            return disconnected(offset);
        } else {
            groupsMoved = true;
        }
        return true;
    }

    @Override
    public void onGap(Gap gap) {
        reportGap(describe(gap));
    }

    @Override
    public void onDetached() {
        detached = true;
        calls.close();
        if (!ended) {
            ended = true;
            transport.end();
        }
        holds.release();
    }

    /** So that an abort that follows is heard (protocol §5.5), unless the end has been asked for already. */
    private void goOnWithCommandsOnly() {
        if (!ended) {
            ended = true;
            listenOrClose();
        }
    }

    private void writeFrame(Batch batch) {
        if (ended) {
            return;
        }
        writing = true;
        frameInFlight = true;
        services.metrics()
                .add(Counter.CONNECTION_MESSAGES_RECEIVED, batch.messages().size());
        trace.frame(this, batch);
        WireText frame = isPlain() ? batch.encoded(ClientConnection::encodePlain) : encode(batch);
        if (kind() == TransportKind.LONG_POLLING) {
            ended = true;
            transport.send(frame);
            subscription.close();
        } else {
            transport.send(frame);
        }
    }

    private boolean isPlain() {
        return !initialize && !groupsMoved && !delaysPolls() && !tellsToReconnect();
    }

    private static WireText encodePlain(Batch batch) {
        return WireText.ofUtf8(
                withMessages(FrameWriter.at(batch.cursor()), batch).toUtf8());
    }

    private WireText encode(Batch batch) {
        return WireText.ofUtf8(
                withMessages(dressed(FrameWriter.at(batch.cursor())), batch).toUtf8());
    }

    /** Adds what this frame alone has to say, in wire order (protocol §4.1). */
    private FrameWriter dressed(FrameWriter frame) {
        if (initialize) {
            initialize = false;
            frame.initializing();
        }
        if (tellsToReconnect()) {
            frame.shutdown();
        }
        if (groupsMoved) {
            announceGroups(frame);
        }
        if (delaysPolls()) {
            frame.longPollDelay(services.transports().longPollDelay());
        }
        return frame;
    }

    private static FrameWriter withMessages(FrameWriter frame, Batch batch) {
        for (Message message : batch.messages()) {
            frame.message(message.payload());
        }
        return frame;
    }

    private boolean tellsToReconnect() {
        return requestedEnding == Ending.TO_RECONNECT && kind() == TransportKind.LONG_POLLING;
    }

    private boolean delaysPolls() {
        return kind() == TransportKind.LONG_POLLING
                && !services.transports().longPollDelay().isZero();
    }

    /** Says which groups the client is in, as of this frame, if that has changed (protocol §8.3). */
    private void announceGroups(FrameWriter frame) {
        groupsMoved = false;
        List<Membership> memberships = subscription.memberships();
        Set<String> groups = topicsOf(memberships);
        if (!groups.equals(announcedGroups)) {
            announcedGroups = groups;
            frame.groups(GroupLimits.token(connectionId(), subscription.cursor(), memberships)
                    .protect(services.keys()));
        }
    }

    private static Set<String> topicsOf(List<Membership> memberships) {
        Set<String> topics = new HashSet<>();
        memberships.forEach(membership -> topics.add(membership.topic()));
        return topics;
    }

    private void writeKeepAlive() {
        if (writing || ended) {
            return;
        }
        if (kind() != TransportKind.LONG_POLLING && subscription.cursorIsStale()) {
            subscription.touch();
        } else {
            writing = true;
            trace.keepAlive(this);
            transport.keepAlive();
        }
    }

    private void reply(WireText response) {
        if (ended) {
            calls.leave();
        } else if (writing || subscription == null) {
            replies.add(response);
        } else {
            writeReply(response);
        }
    }

    private void writeReply(WireText response) {
        writing = true;
        calls.leave();
        trace.reply(this, response);
        transport.reply(response);
    }

    private void written() {
        writing = false;
        if (frameInFlight) {
            frameInFlight = false;
            subscription.ready();
        }
        if (ended) {
            return;
        }
        if (held != null) { // before an ending: the cursor of a poll's last frame counts it as delivered
            Batch batch = held;
            held = null;
            writeFrame(batch);
        } else if (requestedEnding != Ending.NONE && !hasLastWords()) {
            finish(requestedEnding);
        } else {
            writeNextReply();
        }
    }

    /** Who is told to go on elsewhere gets the answers that are there, since nobody else will give them. */
    private boolean hasLastWords() {
        return requestedEnding == Ending.TO_RECONNECT && !replies.isEmpty();
    }

    private void writeNextReply() {
        if (!writing && !ended && !replies.isEmpty()) {
            writeReply(replies.remove());
        }
    }

    /** Answers a poll with an empty frame, ends a stream; at once, or when the write in flight is done. What has ended waits for no command any more. */
    private void finish(Ending ending) {
        requestedEnding = ending;
        if (ended) {
            if (ending != Ending.TIME_OUT) {
                subscription.close();
            }
            return;
        }
        if (writing && kind() == TransportKind.LONG_POLLING) {
            return;
        }
        if (hasLastWords()) {
            writeNextReply();
            return;
        }
        ended = true;
        if (kind() == TransportKind.LONG_POLLING) {
            writing = true;
            transport.send(WireText.ofUtf8(
                    dressed(FrameWriter.at(subscription.cursor())).toUtf8()));
        } else {
            transport.end();
        }
        listenOrClose();
    }

    private void listenOrClose() {
        boolean answered = kind() == TransportKind.LONG_POLLING && !closed;
        if (requestedEnding == Ending.NONE || (requestedEnding == Ending.TIME_OUT && !answered)) {
            subscription.failed();
        } else {
            subscription.close();
        }
    }

    private void endBeforeItBegan(Optional<Gap> missed) {
        if (kind() == TransportKind.LONG_POLLING) {
            // what the replay holds leaves with the last frame, whose cursor counts it as delivered
            missed.map(ClientConnection::describe).ifPresent(this::reportGap);
            subscription.touch();
        } else {
            finish(requestedEnding);
        }
        if (requestedEnding != Ending.TO_RECONNECT) {
            replacedBeforeItBegan();
        }
    }

    /** The hub hears of this request all the same; the client hears the rest from the one that took its place. */
    private void replacedBeforeItBegan() {
        if (receive.operation() == Operation.RECONNECT) {
            reconnected(Optional.empty());
        } else if (receive.operation() == Operation.CONNECT && !receive.delayedStart()) {
            whenConnected(failure -> logIfFailed("onConnected", failure));
        }
    }

    private void initialize() {
        if (receive.delayedStart()) {
            publishInitialize();
            return;
        }
        whenConnected(failure -> {
            if (failure == null) {
                publishInitialize();
            } else {
                eventFailed("onConnected", failure);
            }
        });
    }

    /** Raises the connect event, unless an earlier request of this client has; hears of its end in either case. */
    private void whenConnected(Consumer<Throwable> next) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        Optional<CompletionStage<?>> first = entry.session().connecting(mine);
        first.orElse(mine).whenComplete((done, failure) -> next.accept(failure));
        if (first.isEmpty()) {
            raiseConnected(mine);
        }
    }

    private void raiseConnected(CompletableFuture<Void> connected) {
        onWorker(() -> endpoint.onConnected(request), failure -> {
            if (failure == null) {
                services.metrics().increment(Counter.CONNECTIONS_CONNECTED);
                trace.connection(this, "has connected");
                connected.complete(null);
            } else {
                connected.completeExceptionally(failure);
            }
        });
    }

    private void publishInitialize() {
        services.bus()
                .publish(Message.of(interest.commandTopic(), new Command.Initialize()))
                .whenComplete((offset, failure) -> {
                    if (failure != null) {
                        trace.connections().log(Level.DEBUG, "A connection could not be initialized.", failure);
                        endWith(TRY_AGAIN_LATER, "The server is too busy.");
                    }
                });
    }

    private void reconnected(Optional<ConnectionGap> gap) {
        services.metrics().increment(Counter.CONNECTIONS_RECONNECTED);
        trace.connection(this, "has reconnected");
        ConnectionRequest withGap = request.withGap(gap);
        onWorker(() -> endpoint.onReconnected(withGap), failure -> {
            if (failure != null) {
                eventFailed("onReconnected", failure);
            }
        });
    }

    /** The receive request ends with its event (protocol §1.4). */
    private void eventFailed(String event, Throwable failure) {
        trace.connections().log(Level.DEBUG, () -> event + " failed; the connection ends", failure);
        error(event + " failed", failure);
        subscription.execute(() -> {
            if (!ended) {
                ended = true;
                transport.end(INTERNAL_ERROR, "");
                subscription.close();
            }
        });
    }

    /**
     * A stream that comes back after an abort is welcome: some clients say abort before each reconnect. A poll obeys, as recorded; its last frame carries a
     * cursor beyond the abort, so that the next one is not ended by it again.
     */
    private boolean aborted(long offset) {
        return stopIf(kind() == TransportKind.LONG_POLLING || isNews(offset), Ending.PLAIN, offset);
    }

    /** The application has ended what was there before; a client that comes back is welcome, but for a poll, which has not heard of it yet. */
    private boolean disconnected(long offset) {
        return stopIf(receive.operation() == Operation.POLL || isNews(offset), Ending.TO_RECONNECT, offset);
    }

    private boolean isNews(long offset) {
        return offset > subscription.attachedAt();
    }

    private boolean stopIf(boolean obeys, Ending ending, long offset) {
        if (obeys) {
            stop(ending, offset);
        }
        return obeys;
    }

    /**
     * The connection ends by a command. A poll that finds it in its replay ends, but raises no second event when this node had already ended the client
     * by then.
     */
    private void stop(Ending ending, long offset) {
        boolean toldBefore =
                receive.operation() == Operation.POLL && !entry.known() && offset <= subscription.attachedAt();
        if (kind() == TransportKind.LONG_POLLING && !ended) {
            requestedEnding = ending; // the batch that follows the command makes the last frame
        } else {
            finish(ending);
        }
        if (services.heartbeat().disconnect(entry.session(), this) && !toldBefore) {
            raiseDisconnected(true);
        }
    }

    private void raiseDisconnected(boolean stopCalled) {
        trace.connection(
                this, stopCalled ? "has disconnected: it was stopped" : "has disconnected: it did not come back");
        onWorker(() -> endpoint.onDisconnected(request, stopCalled), failure -> {
            services.metrics().increment(Counter.CONNECTIONS_DISCONNECTED);
            logIfFailed("onDisconnected", failure);
            leaveSession();
        });
    }

    private void reportGap(ConnectionGap gap) {
        trace.connections().log(Level.INFO, () -> "Connection " + connectionId() + " has lost messages: " + gap);
        services.metrics().increment(Counter.CONNECTION_GAPS);
        onWorker(() -> endpoint.onGap(request, gap), failure -> logIfFailed("onGap", failure));
    }

    private static ConnectionGap describe(Gap gap) {
        return new ConnectionGap(gap.from(), gap.to(), gap.count());
    }

    private void logIfFailed(String event, Throwable failure) {
        if (failure != null) {
            trace.connections().log(Level.DEBUG, () -> event + " failed", failure);
            error(event + " failed", failure);
        }
    }

    private void error(String what, Throwable cause) {
        services.metrics().error(Counter.ERRORS_ALL, "SignalR.Connection", what, cause);
    }

    /** @param done hears null or what went wrong, on whatever thread completed the event */
    private void onWorker(Supplier<CompletionStage<?>> event, Consumer<Throwable> done) {
        holds.take();
        Consumer<Throwable> over = failure -> {
            done.accept(failure);
            holds.release();
        };
        try {
            events.execute(() -> Stages.start(event).whenComplete((result, failure) -> over.accept(failure)));
        } catch (RejectedExecutionException full) {
            trace.connections()
                    .log(
                            Level.WARNING,
                            "An event of connection " + connectionId() + " was dropped: all workers are busy.");
            error("An event was dropped: all workers are busy", full);
            services.metrics().refused(Limit.WORKERS);
            endWith(TRY_AGAIN_LATER, "The server is too busy.");
            over.accept(full);
        }
    }
}
