package io.hubwire.signalr.hosting.jakarta;

import io.hubwire.signalr.hosting.HostSocket;
import io.hubwire.signalr.hosting.WireText;
import io.hubwire.signalr.metrics.Limit;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A WebSocket session of the container. Messages come in parts, into a buffer of our own that lives as long as the message; sends
 * are asynchronous, one at a time; the closing handshake, which containers do blocking, runs on a worker.
 */
final class JakartaSocket implements HostSocket, SendHandler {
    private static final Logger LOG = System.getLogger(JakartaSocket.class.getName());

    /** Tomcat's own limit for control frames that wait behind a stuck message: 20 s, and a thread each, unless told. */
    private static final String TOMCAT_BLOCKING_SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

    private static final Long BLOCKING_SEND_TIMEOUT_MS = 5000L;
    private static final int NO_STATUS_RECEIVED = 1005;

    private static final int SENDING = 1;
    private static final int CLOSING = 2;
    private static final int CLOSED = 4;

    private final Listener listener;
    private final HostingOptions options;
    private final HostThreads threads;
    // Bits: SENDING ⇄; CLOSING and CLOSED are entered once and stay.
    private final AtomicInteger state = new AtomicInteger();
    private final AtomicReference<CloseReason> closing = new AtomicReference<>();
    private final AtomicBoolean begun = new AtomicBoolean(); // by the one who says whether there will be a session
    private volatile Future<?> openingDeadline;
    private volatile Session session;
    private volatile RemoteEndpoint.Async remote;
    private volatile SocketPings pings;
    // Touched by the thread that reads from the peer only.
    private StringBuilder parts;
    private long messageBytes;

    JakartaSocket(Listener listener, HostingOptions options, HostThreads threads) {
        this.listener = listener;
        this.options = options;
        this.threads = threads;
    }

    /**
     * The handshake begins. A container that cannot send its answer, since the peer has gone, says nothing about that to anybody; so a session that does not
     * open in time never will.
     */
    void opening() {
        openingDeadline = threads.after(options.writeTimeout(), this::neverOpened);
    }

    /** There will be no session: the listener hears of a close in place of an opening. Idempotent; of no effect once the session is open. */
    void neverOpened() {
        if (begins()) {
            closed(CloseCodes.CLOSED_ABNORMALLY.getCode());
        }
    }

    /** There will be no session, and whoever has asked for it knows. */
    void abandon() {
        begins();
    }

    private boolean begins() {
        Future<?> deadline = openingDeadline;
        if (deadline != null) {
            deadline.cancel(false);
        }
        return begun.compareAndSet(false, true);
    }

    void opened(Session opened) {
        session = opened;
        if (!begins()) {
            closing.compareAndSet(null, new CloseReason(CloseCodes.GOING_AWAY, ""));
            startClosing();
            return;
        }
        opened.setMaxIdleTimeout(0);
        opened.getUserProperties().put(TOMCAT_BLOCKING_SEND_TIMEOUT, BLOCKING_SEND_TIMEOUT_MS);
        remote = opened.getAsyncRemote();
        remote.setSendTimeout(options.writeTimeout().toMillis());
        guarded(() -> listener.onOpen(this));
        options.pingInterval().ifPresent(this::startPings);
    }

    private void startPings(Duration interval) {
        pings = new SocketPings(session, interval, threads, () -> (state.get() & SENDING) != 0, this::lost);
        if (state.get() < CLOSING) {
            pings.schedule();
        }
    }

    /** The peer answers a ping. */
    void receivedPong() {
        SocketPings answered = pings;
        if (answered != null) {
            answered.answered();
        }
    }

    /** A part of a text message; the length counts in UTF-8 bytes, as on the wire. */
    void received(String part, boolean last) {
        if (state.get() >= CLOSING) {
            return;
        }
        messageBytes += utf8Length(part);
        if (messageBytes > options.maxMessageBytes()) {
            parts = null;
            listener.onRefused(Limit.SOCKET_MESSAGE_SIZE);
            close(1009, "A message may have at most " + options.maxMessageBytes() + " bytes.");
        } else if (last) {
            String text = parts == null ? part : parts.append(part).toString();
            parts = null;
            messageBytes = 0;
            guarded(() -> listener.onText(text));
        } else if (!part.isEmpty()) {
            parts = (parts == null ? new StringBuilder() : parts).append(part);
        }
    }

    private static int utf8Length(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                // A surrogate is half of a four-byte character.
                bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return bytes;
    }

    void receivedBinary() {
        close(1003, "Only text messages are understood.");
    }

    // A listener that throws is a bug of ours, not of the peer's.
    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "A WebSocket is closed because its listener failed", e);
            close(1011, "");
        }
    }

    @Override
    public void send(WireText text) {
        int before = state.getAndUpdate(now -> now == 0 ? SENDING : now);
        if ((before & SENDING) != 0) {
            throw new IllegalStateException("A send is in flight.");
        }
        if (before == 0) {
            ClassLoader own = ContainerLoader.enter();
            try {
                remote.sendText(text.string(), this);
            } catch (RuntimeException sessionIsClosed) {
                failed(sessionIsClosed);
            } finally {
                ContainerLoader.leave(own);
            }
        }
    }

    @Override
    public void onResult(SendResult result) {
        if (!result.isOK()) {
            failed(result.getException());
            return;
        }
        int before = state.getAndUpdate(now -> now & ~SENDING);
        if ((before & CLOSED) == 0) {
            guarded(listener::onWritten);
        }
        if ((before & CLOSING) != 0) {
            startClosing();
        }
    }

    private void failed(Throwable cause) {
        LOG.log(Level.DEBUG, "A WebSocket message could not be sent", cause);
        lost();
    }

    /** The peer is taken for gone, whatever the connection says. */
    private void lost() {
        closing.compareAndSet(null, new CloseReason(CloseCodes.GOING_AWAY, ""));
        closed(CloseCodes.CLOSED_ABNORMALLY.getCode());
        startClosing();
    }

    @Override
    public void close(int code, String reason) {
        if (closing.compareAndSet(null, new CloseReason(CloseCodes.getCloseCode(code), reason))) {
            int before = state.getAndUpdate(now -> now | CLOSING);
            if ((before & SENDING) == 0) {
                startClosing();
            }
        }
    }

    private void startClosing() {
        threads.run(() -> {
            ClassLoader own = ContainerLoader.enter();
            try {
                session.close(closing.get());
            } catch (IOException | IllegalStateException e) {
                LOG.log(Level.DEBUG, "The closing handshake failed", e);
                closed(CloseCodes.CLOSED_ABNORMALLY.getCode());
            } finally {
                ContainerLoader.leave(own);
            }
        });
    }

    /** The container says that the session has ended. */
    void closed(int code) {
        int before = state.getAndUpdate(now -> now | CLOSING | CLOSED);
        SocketPings running = pings;
        if (running != null) {
            running.end();
        }
        if ((before & CLOSED) == 0) {
            listener.onClosed(code == NO_STATUS_RECEIVED ? CloseCodes.NORMAL_CLOSURE.getCode() : code);
        }
    }

    @Override
    public boolean isOpen() {
        return state.get() < CLOSING && session != null && session.isOpen();
    }
}
