package io.hubwire.signalr.connection;

import io.hubwire.signalr.bus.Batch;
import io.hubwire.signalr.bus.BusException;
import io.hubwire.signalr.bus.Command;
import io.hubwire.signalr.bus.Gap;
import io.hubwire.signalr.bus.Message;
import io.hubwire.signalr.bus.Subscriber;
import io.hubwire.signalr.bus.Subscription;
import io.hubwire.signalr.bus.SubscriptionRequest;
import io.hubwire.signalr.hosting.ExpiringPrincipal;
import io.hubwire.signalr.metrics.Limit;
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
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One receive request of one client, from its entrance to its end: a transport on one side, a bus subscription on the other. Hears what the two and the
 * heartbeat have to say, and passes it on to those who write ({@link ConnectionWriter}), call ({@link IncomingCalls}) and tell the application
 * ({@link ConnectionEvents}).
 *
 * <p>What the transport and the heartbeat say comes on any thread, what the subscription says on its loop. User code runs on workers only.
 *
 * <p>The request's scope is held by its place in the session, from which its disconnect event may come after its end, by its pipe and by its subscription.
 */
final class ClientConnection implements Receiver, TransportListener, Subscriber {
    private final ConnectionServices services;
    private final ScopeHolds holds;
    private final AtomicBoolean inSession = new AtomicBoolean(true); // until it is replaced, ended or shut down
    private final ConnectionTrace trace;
    private final ReceiveRequest receive;
    private final SubscriptionRequest interest;
    private final Peer peer;
    private final ConnectionLoop loop;
    private final ReceiveFrameEncoder frames;
    private final ConnectionWriter writer;
    private final IncomingCalls calls;
    private final ConnectionEvents events;
    private final CurrentConnection current;
    private final long openedNanos = System.nanoTime();

    private ConnectionRequest request; // set anew once by enter, with what is kept for the connection
    private Heartbeat.Entry entry; // set once by enter, before the transport opens

    ClientConnection(
            ConnectionEndpoint endpoint,
            ConnectionServices services,
            ConnectionTrace trace,
            ConnectionRequest request,
            ScopeHolds holds,
            ReceiveRequest receive,
            SubscriptionRequest interest) {
        this.services = services;
        this.trace = trace;
        this.request = request;
        this.holds = holds;
        this.receive = receive;
        this.interest = interest;
        this.peer = new Peer(
                request.host().user().map(Principal::getName),
                ClientAddress.network(request.host().remoteAddress()));
        CallSequence sequence = new CallSequence(services);
        this.loop = new ConnectionLoop(this, trace);
        this.frames = new ReceiveFrameEncoder(request.connectionId(), services.keys(), interest.groups(), pollDelay());
        this.writer = new ConnectionWriter(this, loop, frames, sequence, services.metrics(), trace);
        this.calls = new IncomingCalls(endpoint, services, trace, loop, holds, sequence, writer);
        this.events = new ConnectionEvents(endpoint, services, trace, this, loop, holds);
        this.current = new CurrentConnection(services.metrics(), kind());
    }

    private Duration pollDelay() {
        return isPoll() ? services.transports().longPollDelay() : Duration.ZERO;
    }

    private boolean isPoll() {
        return kind() == TransportKind.LONG_POLLING;
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
        loop.executeIfAttached(writer::keepAlive);
    }

    @Override
    public void timeOut() {
        trace.ended(this, receive.operation(), hasExpired() ? "its credentials have run out" : "its time is over");
        writer.endSoon(Ending.TIME_OUT);
    }

    @Override
    public void replaced() {
        if (!loop.isPipeClosed()) {
            trace.ended(this, receive.operation(), "another request has taken its place");
        }
        writer.endSoon(Ending.PLAIN);
        leaveSession();
    }

    @Override
    public void shutDown() {
        trace.ended(this, receive.operation(), "the server shuts down");
        writer.endSoon(Ending.TO_RECONNECT);
        leaveSession();
    }

    @Override
    public boolean hasExpired() {
        return request.host().user().orElse(null) instanceof ExpiringPrincipal user
                && !Instant.now().isBefore(user.expiresAt());
    }

    @Override
    public void vanished() {
        writer.endSoon(Ending.PLAIN);
        events.disconnected(request, false, this::leaveSession);
    }

    @Override
    public void stopped() {
        writer.endSoon(Ending.PLAIN);
        events.disconnected(request, true, this::leaveSession);
    }

    // --- TransportListener: any thread ---

    @Override
    public void onOpen(Transport opened) {
        loop.opened(opened);
        trace.opened(this, receive.operation());
        current.opened();
        holds.take(); // the subscription's
        try {
            loop.subscribed(services.bus().subscribe(interest, this));
        } catch (BusException refused) {
            holds.release();
            trace.connections().log(Level.WARNING, "A connection was refused: " + refused.getMessage());
            services.connectionError("The bus refused a connection", refused);
            services.heartbeat().left(entry.session(), this);
            opened.end(CloseCodes.TRY_AGAIN_LATER, "The server is too busy.");
        }
    }

    @Override
    public void onWritten() {
        writer.written();
    }

    @Override
    public void onReceived(String data) {
        trace.received(this, data);
        if (hasExpired()) {
            timeOut();
        } else {
            calls.received(request, data);
        }
    }

    @Override
    public void onRefused(Limit limit) {
        trace.refused(this, "it went beyond the limit " + limit);
        services.metrics().refused(limit);
    }

    @Override
    public void onClosed(boolean clean) {
        loop.pipeClosed();
        trace.ended(this, receive.operation(), clean ? "its transport is closed" : "its transport is lost");
        boolean first = current.closed(clean);
        services.heartbeat().left(entry.session(), this);
        calls.close();
        loop.executeIfAttached(writer::pipeClosed);
        if (first) {
            holds.release();
        }
    }

    // --- Subscriber: the loop ---

    @Override
    public void onAttached(Subscription subscription, Optional<Gap> missed) {
        loop.attached(subscription);
        if (writer.isToEnd()) {
            endBeforeItBegan(missed);
            return;
        }
        if (loop.isPipeClosed()) {
            writer.pipeClosed();
        }
        missed.ifPresent(this::onGap);
        switch (receive.operation()) {
            case CONNECT -> initialize();
            case RECONNECT -> reconnected(missed);
            default -> {} // a poll goes on
        }
        writer.attached();
    }

    @Override
    public void onBatch(Batch batch) {
        writer.write(batch);
    }

    @Override
    public boolean onCommand(Command command, long offset) {
        if (command instanceof Command.Initialize) {
            frames.initialize();
        } else if (command instanceof Command.Abort) {
            return aborted(offset);
        } else if (command instanceof Command.Disconnect) {
            return disconnected(offset);
        } else {
            frames.groupsMoved();
        }
        return true;
    }

    @Override
    public void onGap(Gap gap) {
        events.gap(request, describe(gap));
    }

    @Override
    public void onDetached() {
        loop.detached();
        calls.close();
        writer.detached();
        holds.release();
    }

    private static ConnectionGap describe(Gap gap) {
        return new ConnectionGap(gap.from(), gap.to(), gap.count());
    }

    // --- the beginning: the loop ---

    private void endBeforeItBegan(Optional<Gap> missed) {
        if (isPoll()) {
            // what the replay holds leaves with the last frame, whose cursor counts it as delivered
            missed.ifPresent(this::onGap);
            loop.subscription().touch();
        } else {
            writer.endAsAsked();
        }
        if (!writer.tellsToReconnect()) {
            replacedBeforeItBegan();
        }
    }

    /** The hub hears of this request all the same; the client hears the rest from the one that took its place. */
    private void replacedBeforeItBegan() {
        if (receive.operation() == Operation.RECONNECT) {
            reconnected(Optional.empty());
        } else if (receive.operation() == Operation.CONNECT && !receive.delayedStart()) {
            events.connected(request, entry.session(), failure -> events.logIfFailed("onConnected", failure));
        }
    }

    private void initialize() {
        if (receive.delayedStart()) {
            publishInitialize();
            return;
        }
        events.connected(request, entry.session(), failure -> {
            if (failure == null) {
                publishInitialize();
            } else {
                eventFailed("onConnected", failure);
            }
        });
    }

    private void publishInitialize() {
        services.bus()
                .publish(Message.of(interest.commandTopic(), new Command.Initialize()))
                .whenComplete((offset, failure) -> {
                    if (failure != null) {
                        trace.connections().log(Level.DEBUG, "A connection could not be initialized.", failure);
                        loop.refuse(CloseCodes.TRY_AGAIN_LATER, "The server is too busy.");
                    }
                });
    }

    private void reconnected(Optional<Gap> missed) {
        events.reconnected(
                request.withGap(missed.map(ClientConnection::describe)),
                failure -> eventFailed("onReconnected", failure));
    }

    /** The receive request ends with its event (protocol §1.4). */
    private void eventFailed(String event, Throwable failure) {
        trace.connections().log(Level.DEBUG, () -> event + " failed; the connection ends", failure);
        services.connectionError(event + " failed", failure);
        loop.execute(() -> writer.fail(CloseCodes.INTERNAL_ERROR));
    }

    // --- the end by a command: the loop ---

    /**
     * A stream that comes back after an abort is welcome: some clients say abort before each reconnect. A poll obeys, as recorded; its last frame carries a
     * cursor beyond the abort, so that the next one is not ended by it again.
     */
    private boolean aborted(long offset) {
        return stopIf(isPoll() || isNews(offset), Ending.PLAIN, offset);
    }

    /** The application has ended what was there before; a client that comes back is welcome, but for a poll, which has not heard of it yet. */
    private boolean disconnected(long offset) {
        return stopIf(receive.operation() == Operation.POLL || isNews(offset), Ending.TO_RECONNECT, offset);
    }

    private boolean isNews(long offset) {
        return offset > loop.subscription().attachedAt();
    }

    private boolean stopIf(boolean obeys, Ending ending, long offset) {
        if (obeys) {
            stop(ending, offset);
        }
        return obeys;
    }

    /** A poll that finds the command in its replay ends, but raises no second event when this node had already ended the client by then. */
    private void stop(Ending ending, long offset) {
        boolean toldBefore = receive.operation() == Operation.POLL && !entry.known() && !isNews(offset);
        writer.endByCommand(ending);
        if (services.heartbeat().disconnect(entry.session(), this) && !toldBefore) {
            events.disconnected(request, true, this::leaveSession);
        }
    }
}
